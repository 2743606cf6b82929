-- How much of the proxy a key may use: null is no limit. Budgets are for the days and months of UTC.
alter table api_key
    add column requests_per_minute bigint check (requests_per_minute > 0),
    add column tokens_per_minute bigint check (tokens_per_minute > 0),
    add column concurrent_requests bigint check (concurrent_requests > 0),
    add column day_tokens bigint check (day_tokens > 0),
    add column day_usd numeric check (day_usd > 0),
    add column month_tokens bigint check (month_tokens > 0),
    add column month_usd numeric check (month_usd > 0);
