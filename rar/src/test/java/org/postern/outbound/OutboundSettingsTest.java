package org.postern.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postern.administration.Setting;

class OutboundSettingsTest {

    @Test
    void defaultsShouldBeThoseOfRfc5321() {
        assertThat(value(OutboundSettings.GREETING_TIMEOUT)).isEqualTo(Duration.ofMinutes(5));
        assertThat(value(OutboundSettings.COMMAND_TIMEOUT)).isEqualTo(Duration.ofMinutes(5));
        assertThat(value(OutboundSettings.DATA_TIMEOUT)).isEqualTo(Duration.ofMinutes(2));
        assertThat(value(OutboundSettings.BLOCK_TIMEOUT)).isEqualTo(Duration.ofMinutes(3));
        assertThat(value(OutboundSettings.END_TIMEOUT)).isEqualTo(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "25h", "2d", "soon", ""})
    void timesThatMakeNoSenseShouldBeRefused(String text) {
        assertThatThrownBy(() -> OutboundSettings.CONNECT_TIMEOUT.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("clientConnectTimeout must be a time from 1 second to 1 day");
    }

    private static Duration value(Setting<Duration> setting) {
        return setting.parse(setting.defaultText());
    }
}
