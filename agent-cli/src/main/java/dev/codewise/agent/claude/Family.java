package dev.codewise.agent.claude;

import java.util.LinkedHashSet;
import java.util.Set;

/** A process and every descendant it was ever seen to have: one whose parent has gone is still found here. */
final class Family {

    private final ProcessHandle parent;
    private final Set<ProcessHandle> members = new LinkedHashSet<>();

    Family(ProcessHandle parent) {
        this.parent = parent;
        members.add(parent);
    }

    /** Must be called while the parents still live: an orphan is nobody's descendant. */
    void collect() {
        parent.descendants().forEach(members::add);
        Set.copyOf(members).forEach(member -> member.descendants().forEach(members::add));
    }

    void kill() {
        collect();
        members.forEach(ProcessHandle::destroyForcibly);
    }
}
