package dev.codewise.proxy.openai.responses;

import dev.codewise.proxy.openai.Refusals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.node.ObjectNode;

/** A part of a list of items. */
@JsonNaming(SnakeCaseStrategy.class)
record ItemPage(
        String object,
        List<ObjectNode> data,
        @Nullable String firstId,
        @Nullable String lastId,
        boolean hasMore) {

    private static final int MOST = 100;
    private static final int USUAL = 20;

    /** Which part: the newest first unless asked otherwise, as at OpenAI. */
    record Wanted(
            @Nullable Integer limit,
            @Nullable String order,
            @Nullable String after,
            @Nullable String before) {

        Wanted {
            if (limit != null && (limit < 1 || limit > MOST)) {
                throw Refusals.invalid("limit", "\"limit\" must be a whole number from 1 to " + MOST + ".");
            }
            if (order != null && !order.equals("asc") && !order.equals("desc")) {
                throw Refusals.invalid("order", "\"order\" must be asc or desc.");
            }
            if (before != null) {
                throw Refusals.invalid("before", "Lists are read in one direction only. Use \"after\" and \"order\".");
            }
        }

        /** @param all the items, the oldest first */
        ItemPage of(List<ObjectNode> all) {
            List<ObjectNode> items = new ArrayList<>(all);
            if (!"asc".equals(order)) {
                Collections.reverse(items);
            }
            int from = from(items);
            int to = Math.min(items.size(), from + Optional.ofNullable(limit).orElse(USUAL));
            List<ObjectNode> page = items.subList(from, to);
            return page.isEmpty()
                    ? new ItemPage("list", page, null, null, false)
                    : new ItemPage("list", page, idOf(page.get(0)), idOf(page.get(page.size() - 1)), to < items.size());
        }

        private int from(List<ObjectNode> items) {
            if (after == null) {
                return 0;
            }
            int at = items.stream().map(ItemPage::idOf).toList().indexOf(after);
            if (at < 0) {
                throw Refusals.invalid("after", "\"after\" must be the id of an item in this list.");
            }
            return at + 1;
        }
    }

    private static String idOf(ObjectNode item) {
        return item.path("id").asString();
    }
}
