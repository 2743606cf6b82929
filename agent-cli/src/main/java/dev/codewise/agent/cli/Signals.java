package dev.codewise.agent.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C, SIGTERM, and the SIGHUP of a terminal that is closed. Uses {@code sun.misc.Signal}, since a shutdown hook can neither choose the exit code nor notice a second
 * Ctrl-C; by reflection, since the compiler's warning about it cannot be turned off for one class.
 */
final class Signals {

    private final AtomicInteger count = new AtomicInteger();
    private final Runnable first;
    private final Runnable second;

    private Signals(Runnable first, Runnable second) {
        this.first = first;
        this.second = second;
    }

    static void handle(Runnable first, Runnable second) {
        var signals = new Signals(first, second);
        try {
            register(signals, "INT");
            register(signals, "TERM");
            register(signals, "HUP");
        } catch (ReflectiveOperationException e) {
            // a Java without them ends at the first signal, as programs do
        }
    }

    private static void register(Signals signals, String name) throws ReflectiveOperationException {
        var signal = Class.forName("sun.misc.Signal");
        var handler = Class.forName("sun.misc.SignalHandler");
        InvocationHandler received =
                (proxy, method, arguments) -> method.getName().equals("handle") ? signals.received() : null;
        signal.getMethod("handle", signal, handler)
                .invoke(
                        null,
                        signal.getConstructor(String.class).newInstance(name),
                        Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, received));
    }

    private @Nullable Object received() {
        if (count.incrementAndGet() == 1) {
            first.run();
        } else {
            second.run();
        }
        return null;
    }
}
