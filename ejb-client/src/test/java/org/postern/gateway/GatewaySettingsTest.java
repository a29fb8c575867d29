package org.postern.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.administration.Setting;

class GatewaySettingsTest {

    @Test
    void readmeShouldDescribeEachSetting() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        for (Setting<?> setting : GatewaySettings.ALL) {
            String standard = setting.defaultText().isEmpty() ? "empty" : "`" + setting.defaultText() + "`";
            assertThat(readme)
                    .contains("| `" + setting.name() + "` | " + standard + " | " + setting.description() + " |");
        }
    }

    @Test
    void helpShouldListTheSettings() throws Exception {
        String expected = GatewaySettings.ALL.stream()
                .map(setting -> setting.name() + "\t" + setting.defaultText() + "\t" + setting.description() + "\n")
                .collect(Collectors.joining());
        try (var in = GatewaySettings.class.getResourceAsStream("/org/postern/settings.txt")) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"joe smith", "joe@", "@example.org", "joe, a@b@c", ".joe"})
    void wrongLocalRecipientsShouldBeRefusedWithASentence(String text) {
        assertThatThrownBy(() -> GatewaySettings.LOCAL_RECIPIENTS.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "localRecipients must be a comma-separated list, each entry a local part such as joe");
    }

    @Test
    void quotedLocalPartMayHoldAnAt() {
        LocalRecipients recipients = GatewaySettings.LOCAL_RECIPIENTS.parse("\"a@b\", \"c@d\"@example.org");
        assertThat(recipients.contains(new MailboxKey("a@b", "example.com"))).isTrue();
        assertThat(recipients.contains(new MailboxKey("c@d", "example.org"))).isTrue();
        assertThat(recipients.contains(new MailboxKey("c@d", "example.com"))).isFalse();
    }

    @Test
    void wrongPostmasterAddressShouldBeRefusedWithASentence() {
        assertThatThrownBy(() -> GatewaySettings.POSTMASTER_ADDRESS.parse("admin"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postmasterAddress must be an address such as admin@example.org, or empty");
    }
}
