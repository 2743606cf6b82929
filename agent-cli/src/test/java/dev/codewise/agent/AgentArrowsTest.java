package dev.codewise.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;

@AnalyzeClasses(packages = "dev.codewise.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class AgentArrowsTest {

    private static final String PROTOCOL = "dev.codewise.protocol..";

    @ArchTest
    static final ArchRule CLAUDE_KNOWS_NOTHING_OF_OURS = only("claude");

    @ArchTest
    static final ArchRule UPLOAD_KNOWS_THE_PROTOCOL = only("upload", PROTOCOL);

    @ArchTest
    static final ArchRule CONNECTION_KNOWS_THE_PROTOCOL = only("connection", PROTOCOL);

    @ArchTest
    static final ArchRule RUN_KNOWS_CLAUDE_AND_UPLOAD =
            only("run", PROTOCOL, "dev.codewise.agent.claude..", "dev.codewise.agent.upload..");

    @ArchTest
    static final ArchRule DOCTOR_KNOWS_CLAUDE_AND_THE_PROTOCOL =
            only("doctor", PROTOCOL, "dev.codewise.agent.claude..", "com.sun.net.httpserver..");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_PICOCLI = noClasses()
            .that()
            .resideOutsideOfPackage("dev.codewise.agent.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    private static ArchRule only(String part, String... others) {
        var own = "dev.codewise.agent." + part + "..";
        var libraries = Stream.of(own, "java..", "javax.net.ssl..", "tools.jackson..", "org.jspecify..");
        var allowed = Stream.concat(libraries, Stream.of(others)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }
}
