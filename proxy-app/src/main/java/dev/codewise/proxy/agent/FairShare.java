package dev.codewise.proxy.agent;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who has to leave a line that is too long: of the owner who has the most in it the last one, so that nobody keeps the others out. */
final class FairShare {

    private FairShare() {}

    /** Of those who wait, the last one has just come; it stays only where another owner has more in the line. */
    static SlotRequest tooMuch(List<SlotRequest> line) {
        SlotRequest newcomer = line.get(line.size() - 1);
        Map<String, Long> crowd =
                line.stream().collect(Collectors.groupingBy(SlotRequest::owner, Collectors.counting()));
        long most = Collections.max(crowd.values());
        return crowd.getOrDefault(newcomer.owner(), 0L) == most
                ? newcomer
                : line.stream()
                        .filter(request -> crowd.getOrDefault(request.owner(), 0L) == most)
                        .reduce(newcomer, (earlier, later) -> later);
    }
}
