package dev.codewise.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies of free JSON, which may hold nulls, and in which the order of the fields may mean something to a model. */
final class Copies {

    private Copies() {}

    static Map<String, Object> of(Map<String, Object> json) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(json));
    }
}
