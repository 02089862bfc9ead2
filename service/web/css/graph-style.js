/** The element's own style. Hosts theme it with --duty-* and ::part(canvas | toolbar | panel | list). */
import { css } from '../vendor/lit.js';

export const graphStyle = css`
  :host {
    --_accent: var(--duty-accent, #1b4f8f);
    --_on-accent: var(--duty-on-accent, #fff);
    --_surface: var(--duty-surface, #fff);
    --_text: var(--duty-text, #1c2530);
    --_muted: var(--duty-muted, #566171);
    --_line: var(--duty-line, #d5dae1);
    --_edge: var(--duty-edge, #8a95a3);
    --_hover: var(--duty-hover, #e8eef6);
    display: flex; flex-direction: column; min-height: 320px; height: 480px; position: relative; overflow: hidden;
    container-type: inline-size;
    font: 14px/1.6 var(--duty-font, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif);
    color: var(--_text); background: var(--_surface); border: 1px solid var(--_line); border-radius: 8px;
  }
  :host([hidden]) { display: none; }
  * { box-sizing: border-box; }
  button {
    font: inherit; color: inherit; background: none; border: 1px solid transparent; border-radius: 6px;
    min-height: 30px; min-width: 30px; padding: 2px 9px; cursor: pointer;
  }
  button:hover:not(:disabled):not([aria-pressed="true"]) { background: var(--_hover); }
  button:disabled { opacity: .4; cursor: default; }
  button[aria-pressed="true"] { background: var(--_accent); color: var(--_on-accent); }
  :focus-visible { outline: 3px solid var(--_accent); outline-offset: 1px; }

  .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 4px; padding: 5px 8px; border-bottom: 1px solid var(--_line); }
  .views { display: inline-flex; border: 1px solid var(--_line); border-radius: 7px; padding: 1px; }
  .space { flex: 1; }
  .count { color: var(--_muted); font-size: 13px; white-space: nowrap; padding-inline: 4px; }

  .stage { position: relative; flex: 1; min-height: 0; }
  .stage:focus-visible { outline-offset: -3px; }
  .stage[hidden] { display: none; }
  /* Cytoscape measures a positioned box, and reads these colours from it. */
  .canvas {
    position: absolute; inset: 0; color: var(--_text); background: var(--_surface);
    border: 0 solid var(--_edge); outline: 0 solid var(--_accent);
  }
  .canvas.over { cursor: pointer; }
  .cover {
    position: absolute; inset: 0; display: grid; place-content: center; justify-items: center; gap: 10px; text-align: center;
    padding: 24px; color: var(--_muted); background: var(--_surface);
  }
  .cover button { border-color: var(--_line); color: var(--_text); }
  .cover p { margin: 0; max-width: 30em; overflow-wrap: anywhere; }

  .notice {
    position: absolute; inset-block-start: 8px; inset-inline: 8px; margin: 0; padding: 3px 6px 3px 12px; display: flex; gap: 8px; align-items: center;
    justify-content: space-between; background: var(--_hover); border: 1px solid var(--_line); border-radius: 8px; font-size: 13px; overflow-wrap: anywhere;
  }
  .notice[hidden] { display: none; }

  .legend {
    list-style: none; margin: 0; padding: 4px 10px; display: flex; flex-wrap: wrap; gap: 2px 12px;
    border-top: 1px solid var(--_line); color: var(--_muted); font-size: 12.5px;
  }
  .legend li { display: inline-flex; align-items: center; gap: 5px; }
  svg.shape { width: 14px; height: 14px; flex: none; }
  svg.line { width: 26px; height: 10px; flex: none; }

  .card {
    position: absolute; inset-block-end: 8px; inset-inline-start: 8px; width: min(380px, calc(100% - 16px)); max-height: 62%; overflow: auto;
    padding: 9px 12px 11px; background: var(--_surface); border: 1px solid var(--_line); border-radius: 8px; box-shadow: 0 4px 16px rgb(0 0 0 / .16);
    animation: wake .35s step-end; /* the second half of a double click belongs to the node below */
  }
  @keyframes wake { from { pointer-events: none; } }
  .card h3 { margin: 0; font-size: 15px; line-height: 1.5; overflow-wrap: anywhere; }
  .card .type { display: inline-flex; align-items: center; gap: 5px; color: var(--_muted); font-size: 13px; }
  .card .actions { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 6px; }
  .card .actions button, .fact button, .list button { border-color: var(--_line); }
  .facts { list-style: none; margin: 6px 0 0; padding: 0; display: grid; gap: 6px; }
  .fact { border-inline-start: 3px solid var(--_line); padding-inline-start: 9px; }
  .fact q { quotes: none; overflow-wrap: anywhere; }
  .fact .from { color: var(--_muted); font-size: 13px; overflow-wrap: anywhere; }
  .close { position: absolute; inset-inline-end: 6px; }

  .list { flex: 1; min-height: 0; overflow: auto; padding: 4px 12px 12px; }
  .list h3 { margin: 10px 0 2px; font-size: 14px; display: flex; align-items: center; gap: 6px; position: sticky; top: -4px; background: var(--_surface); padding-block: 4px; }
  .list ul { list-style: none; margin: 0; padding: 0; }
  .list .entry { border-bottom: 1px solid var(--_line); padding: 6px 0; }
  .list .head { display: flex; gap: 8px; align-items: baseline; justify-content: space-between; }
  .list .name { font-weight: 600; overflow-wrap: anywhere; }
  .list .entry ul { margin-inline-start: 14px; color: var(--_muted); }
  .list .entry ul li { display: flex; gap: 8px; align-items: baseline; justify-content: space-between; padding: 2px 0; }
  .list .entry ul bdi { color: var(--_text); overflow-wrap: anywhere; }
  .list .right { display: inline-flex; gap: 4px; flex: none; }
  .mark { font-weight: 700; color: var(--_accent); }
  .off { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  @container (max-width: 460px) { .count { display: none; } }
  @media (pointer: coarse) { button { min-height: 44px; min-width: 44px; } }
  @media (forced-colors: active) {
    button { border-color: ButtonText; }
    button[aria-pressed="true"] { forced-color-adjust: none; background: Highlight; color: HighlightText; }
  }
  @media print { .bar, .legend, .card { display: none; } }
`;
