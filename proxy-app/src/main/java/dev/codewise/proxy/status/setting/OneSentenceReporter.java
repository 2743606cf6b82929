package dev.codewise.proxy.status.setting;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** The last word of a start that failed: what is wrong and what to do, in place of Spring Boot's full-page report. */
final class OneSentenceReporter implements FailureAnalysisReporter {

    private static final Logger LOG = LoggerFactory.getLogger("codewise");

    @Override
    public void report(FailureAnalysis analysis) {
        LOG.error("Codewise cannot start. {}", words(analysis));
        LOG.debug("The start failed", analysis.getCause());
    }

    private static String words(FailureAnalysis analysis) {
        String action = analysis.getAction();
        String words = action == null ? analysis.getDescription() : analysis.getDescription() + " " + action;
        String sentence = words.strip().replaceAll("\\s*\\R\\s*", " ");
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }
}
