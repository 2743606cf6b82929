package dev.codewise.proxy;

import io.netty.channel.epoll.Epoll;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** The rule that no test may block a thread of Reactor or Netty, and the few places that may. */
public final class NoBlocking implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder rule) {
        // reads its library from a file once; on a thread that may not wait it would be taken for missing ever after
        Epoll.isAvailable();
        // classes and resources of a jar are read where they are first needed, once each
        rule.allowBlockingCallsInside("java.util.zip.ZipFile$Source", "readFullyAt");
        rule.allowBlockingCallsInside("java.lang.ClassLoader", "loadClass");
        // random bytes come from a device that never waits
        rule.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
        // the first violation loads its message from the class path
        rule.allowBlockingCallsInside("org.hibernate.validator.internal.engine.ValidatorImpl", "validate");
        // how a type is read and written is found out once, by whoever needs it first; the others wait a moment
        rule.allowBlockingCallsInside(
                "tools.jackson.databind.deser.DeserializerCache", "_createAndCacheValueDeserializer");
        // the timers' queue is locked for as long as it takes to put one in or take one out
        String timers = "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue";
        rule.allowBlockingCallsInside(timers, "offer");
        rule.allowBlockingCallsInside(timers, "remove");
        // the kernel's random numbers are a device that is read, and never waits
        rule.allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully");
    }
}
