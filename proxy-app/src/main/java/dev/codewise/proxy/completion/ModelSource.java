package dev.codewise.proxy.completion;

import java.util.Collection;

/** Somebody who knows right now of further models that a client can ask for, such as the agents that are connected. */
@FunctionalInterface
public interface ModelSource {

    Collection<String> offered(Client client);
}
