package dev.codewise.proxy.completion;

import java.util.Collection;

/** Somebody who knows right now of further models that can be asked for, such as the agents that are connected. */
@FunctionalInterface
public interface ModelSource {

    Collection<String> offered();
}
