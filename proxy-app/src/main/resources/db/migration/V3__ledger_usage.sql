-- The tokens of each request as the model counted them, input without the cached ones; null where nobody said.
alter table ledger_entry
    add column input_tokens bigint,
    add column output_tokens bigint,
    add column cache_read_tokens bigint,
    add column cache_write_tokens bigint,
    add column reasoning_tokens bigint;
