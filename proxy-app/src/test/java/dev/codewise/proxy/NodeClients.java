package dev.codewise.proxy;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that runs the official SDKs for Node, where they have been installed. */
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NodeClients.Condition.class)
@interface NodeClients {

    Path FOLDER = Path.of("..", "clients", "node");

    /** Says how to get them where they are not there; fails where they have to be. */
    final class Condition implements ExecutionCondition {

        private static final String HOW = "The SDKs for Node are not installed: run \"npm ci\" in clients/node.";

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (Files.isDirectory(FOLDER.resolve("node_modules"))) {
                return ConditionEvaluationResult.enabled("installed");
            }
            if ("true".equals(System.getenv("CODEWISE_TEST_NODE_REQUIRED"))) {
                throw new IllegalStateException(HOW);
            }
            System.err.println("*** SKIPPED: the tests with the SDKs for Node. " + HOW);
            return ConditionEvaluationResult.disabled(HOW);
        }
    }
}
