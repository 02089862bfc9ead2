"""Jobs: uploaded files that wait to be loaded, kept in the store itself so that nothing accepted is lost.

    record.py     what a job is, its states, and how times are written
    changes.py    everything that may happen to a job, as values that also travel over loopback
    transact.py   each change in one write transaction that holds the job's lock
    reading.py    jobs as they are now, without a lock

The rule behind all of it: whoever works on a job has its *fence*, a number that goes up with every claim, cancel and
retry. A worker that lost the job (its lease ran out, somebody cancelled) has an old number, and every write it still
tries is refused in the transaction that would have made it.
"""
