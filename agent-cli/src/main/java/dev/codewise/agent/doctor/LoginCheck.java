package dev.codewise.agent.doctor;

import dev.codewise.agent.claude.Claude;
import dev.codewise.agent.claude.ClaudeException;
import dev.codewise.agent.claude.Login;
import java.util.Map;

/** Whether claude is logged in, and who pays for its answers. Only an answer of the service would tell whether the login is good. */
public final class LoginCheck implements Check {

    private static final String KEY = "ANTHROPIC_API_KEY";

    private final Claude claude;
    private final Map<String, String> environment;

    public LoginCheck(Claude claude, Map<String, String> environment) {
        this.claude = claude;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Finding run() {
        try {
            var login = claude.login();
            return login.isLoggedIn()
                    ? payer(login)
                    : Finding.broken("claude is not logged in: run \"claude\" and /login, or set " + KEY);
        } catch (ClaudeException e) {
            return Finding.broken(e.getMessage() + ": try \"claude auth status\"");
        }
    }

    private Finding payer(Login login) {
        if (!login.provider().equals("firstParty")) {
            return Finding.well("answers are charged to the account at " + login.provider());
        }
        if (!environment.getOrDefault(KEY, "").isEmpty()) {
            return Finding.doubtful("answers are charged to " + KEY
                    + " of this environment, which goes before any login: unset it to use the login");
        }
        return login.method().equals("api_key")
                ? Finding.well("answers are charged to the API key that claude knows")
                : Finding.well("answers are on the account that claude is logged in with (" + login.method() + ")");
    }
}
