package dev.codewise.proxy.agent;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was not used for longest when there is too much; not for several threads at once. */
final class Recent<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int limit;

    Recent(int limit) {
        super(16, 0.75f, true);
        this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > limit;
    }
}
