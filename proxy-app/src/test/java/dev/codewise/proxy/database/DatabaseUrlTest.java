package dev.codewise.proxy.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @Test
    void isTakenApart() {
        var url = DatabaseUrl.parse("postgresql://codewise:s3cret@db.example.com:6432/house");

        assertThat(url.host()).isEqualTo("db.example.com");
        assertThat(url.port()).isEqualTo(6432);
        assertThat(url.name()).isEqualTo("house");
        assertThat(url.login().user()).isEqualTo("codewise");
        assertThat(url.login().password().reveal()).isEqualTo("s3cret");
        assertThat(url.ssl()).isEqualTo(SslMode.PREFER);
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://u:p@h/n,                 u, p,     h,         5432, n",
        "postgresql://u@h/n,                 u, '',    h,         5432, n",
        "postgresql://u:p@my_db:1/n,         u, p,     my_db,     1,    n",
        "postgresql://u:p@[::1]:5433/n,      u, p,     ::1,       5433, n",
        "postgresql://a%40b:c%2Fd@h/n,       a@b, c/d, h,         5432, n",
        "postgresql://u:a+b@h/n,             u, a+b,   h,         5432, n",
        "postgresql://u:a@b:c@h/n,           u, a@b:c, h,         5432, n",
        "postgresql://u:100%25@h/my%20house, u, 100%,  h,         5432, my house",
        "' postgresql://u:p@127.0.0.1/n\n',  u, p,     127.0.0.1, 5432, n",
    })
    void takesWhatPostgresProgramsTake(String text, String user, String password, String host, int port, String name) {
        var url = DatabaseUrl.parse(text);

        assertThat(url.login().user()).isEqualTo(user);
        assertThat(url.login().password().reveal()).isEqualTo(password);
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://u:s3cret@h/n",
                "mysql://u:s3cret@h/n",
                "postgresql:/u:s3cret@h/n",
                "postgresql://u:s3cret@h",
                "postgresql://u:s3cret@h/",
                "postgresql://u:s3cret@/n",
                "postgresql://u:s3cret",
                "postgresql://:s3cret@h/n",
                "postgresql://u:s3cret@h:port/n",
                "postgresql://u:s3cret@h:0/n",
                "postgresql://u:s3cret@h:65536/n",
                "postgresql://u:s3cret@h:99999999999/n",
                "postgresql://u:s3cret%zz@h/n",
                "postgresql://u:s3cret@h/n/more",
                "postgresql://u:s3cret@h/n?sslmode=maybe",
                "postgresql://u:s3cret@h/n?connect_timeout=10",
                "postgresql://h/n?user=u&password=s3cret",
                "postgresql://u:x/s3cret@h/n",
                "u:s3cret@h/n",
            })
    void refusesAnythingElseWithoutShowingThePassword(String text) {
        assertThatThrownBy(() -> DatabaseUrl.parse(text))
                .isInstanceOf(DatabaseUnusableException.class)
                .hasMessageStartingWith("DATABASE_URL is \"")
                .hasMessageContaining("It must look like postgresql://user:password@host:5432/name")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void showsWhatIsWrongInOneSentence() {
        assertThatThrownBy(() -> DatabaseUrl.parse("postgresql://u:s3cret@h:65536/n"))
                .hasMessageStartingWith(
                        "DATABASE_URL is \"postgresql://u:***@h:65536/n\", which has a port that does not" + " exist.");
    }

    @ParameterizedTest
    @EnumSource(SslMode.class)
    void readsHowMuchEncryptionIsInsistedOn(SslMode mode) {
        String name = mode.name().toLowerCase(Locale.ROOT).replace('_', '-');

        var url = DatabaseUrl.parse("postgresql://u:p@h/n?sslmode=" + name);

        assertThat(url.ssl()).isEqualTo(mode);
        assertThat(mode.forR2dbc().name()).isEqualTo(mode.name());
        assertThat(url.jdbcUrl()).contains("&sslmode=" + name);
    }

    @Test
    void printsNoPassword() {
        var url = DatabaseUrl.parse("postgresql://u:s3cret@[::1]/n");

        assertThat(url.toString()).doesNotContain("s3cret");
        assertThat(url.jdbcUrl()).doesNotContain("s3cret").startsWith("jdbc:postgresql://[::1]:5432/n?");
        assertThat(url.description()).isEqualTo("postgresql://[::1]:5432/n as u");
    }
}
