package dev.codewise.proxy.ledger;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which entries of the ledger are looked for, and from where on. */
record Search(Period period, Map<String, String> wanted, Cursor cursor, int limit) {

    private static final int USUAL = 100;
    private static final int MOST = 1000;
    private static final Set<String> OUTCOMES = Set.of("answered", "failed", "cancelled");
    private static final Set<String> PARAMETERS =
            Set.of("from", "to", "key", "owner", "model", "agent", "outcome", "cursor", "limit");

    /** What is asked for with every value as a condition of its own. */
    private static final Map<String, String> CONDITIONS = Map.of(
            "key", " and key_id = :key",
            "owner", " and owner = :owner",
            "model", " and (model = :model or asked_model = :model)",
            "agent", " and agent = :agent",
            "outcome", " and outcome = :outcome");

    Search {
        wanted = Map.copyOf(wanted);
    }

    static Search in(Question question, Instant now) {
        var wanted = new LinkedHashMap<String, String>();
        question.oneOf("outcome", OUTCOMES);
        CONDITIONS.keySet().forEach(name -> question.text(name).ifPresent(value -> wanted.put(name, value)));
        Optional<Cursor> cursor = question.text("cursor").map(Cursor::parse);
        return new Search(
                cursor.map(page -> Period.onFrom(page, question, now)).orElseGet(() -> Period.in(question, now)),
                wanted,
                cursor.orElse(Cursor.START),
                question.count("limit", USUAL, MOST));
    }

    static Set<String> parameters() {
        return PARAMETERS;
    }

    /** The conditions that are asked for, and no others, so that each kind of search has a plan of its own. */
    String conditions() {
        var sql = new StringBuilder();
        wanted.keySet().forEach(name -> sql.append(CONDITIONS.get(name)));
        return sql.toString();
    }
}
