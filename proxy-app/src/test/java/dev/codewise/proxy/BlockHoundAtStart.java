package dev.codewise.proxy;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import reactor.blockhound.BlockHound;

/** Lets BlockHound watch where tests run, and not where they are only looked for, which is Maven's own process. */
public final class BlockHoundAtStart implements TestExecutionListener {

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        BlockHound.install();
    }
}
