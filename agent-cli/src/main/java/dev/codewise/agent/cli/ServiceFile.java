package dev.codewise.agent.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The file by which a system starts the agent when its user logs in, and what to do with it. */
record ServiceFile(Path path, String content, String nextSteps) {

    private static final String LABEL = "dev.codewise.agent";

    /**
     * A stop is told to the agent alone, which then ends its claude in good order. What another start cannot mend is not tried
     * again.
     */
    static ServiceFile systemd(Path home, String searchPath, List<String> command) {
        var content = """
                [Unit]
                Description=Codewise agent

                [Service]
                ExecStart=%s
                Environment=%s
                Restart=on-failure
                RestartSec=10
                RestartPreventExitStatus=2 4 5 6 10
                SuccessExitStatus=130
                KillMode=mixed
                TimeoutStopSec=120

                [Install]
                WantedBy=default.target
                """.formatted(
                        command.stream().map(ServiceFile::quoted).collect(Collectors.joining(" ")),
                        quoted("PATH=" + searchPath));
        return new ServiceFile(
                home.resolve(".config/systemd/user/codewise-agent.service"),
                content,
                "systemctl --user daemon-reload && systemctl --user enable --now codewise-agent");
    }

    static ServiceFile launchd(Path home, String searchPath, List<String> command) {
        var content = """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
                <plist version="1.0">
                <dict>
                  <key>Label</key><string>%s</string>
                  <key>ProgramArguments</key>
                  <array>
                %s
                  </array>
                  <key>EnvironmentVariables</key><dict><key>PATH</key><string>%s</string></dict>
                  <key>RunAtLoad</key><true/>
                  <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>
                  <key>ThrottleInterval</key><integer>30</integer>
                  <key>ExitTimeOut</key><integer>120</integer>
                </dict>
                </plist>
                """.formatted(LABEL, strings(command), escaped(searchPath));
        var path = home.resolve("Library/LaunchAgents/" + LABEL + ".plist");
        return new ServiceFile(path, content, "launchctl load -w " + path);
    }

    /** As one word of a unit, in which a percent sign and a dollar sign would mean something. */
    private static String quoted(String word) {
        return '"'
                + word.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("%", "%%")
                        .replace("$", "$$")
                + '"';
    }

    private static String strings(List<String> words) {
        return words.stream()
                .map(word -> "    <string>" + escaped(word) + "</string>")
                .collect(Collectors.joining("\n"));
    }

    private static String escaped(String word) {
        return word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
