package dev.codewise.proxy.images;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Where the addresses of a name come from. */
@FunctionalInterface
interface HostLookup {

    /** Asks whatever the machine asks, which may take its time. */
    HostLookup OF_THIS_MACHINE = name -> Mono.fromCallable(() -> all(name)).subscribeOn(Schedulers.boundedElastic());

    Mono<List<InetAddress>> addressesOf(String name);

    private static List<InetAddress> all(String name) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(name));
    }
}
