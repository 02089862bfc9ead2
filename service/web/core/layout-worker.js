/** The worker's whole job: a graph in, its positions out, under the number it was asked with. */
import { place } from './force.js';

self.onmessage = ({ data }) => self.postMessage({ number: data.number, positions: place(data.job) });
