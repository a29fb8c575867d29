package org.postern.management;

import java.util.function.Supplier;
import org.postern.listener.LimitSettings;
import org.postern.settings.SettingsStore;

/** The limits among the attributes of the bean {@code type=Listener}. */
abstract class LimitsBean extends SettingsBean implements LimitsMXBean {

    LimitsBean(Class<?> management, Attributes attributes, SettingsStore settings, Supplier<String> caller) {
        super(
                management,
                attributes
                        .with("MaxSessions", LimitSettings.MAX_SESSIONS)
                        .with("MaxSessionsPerAddress", LimitSettings.MAX_SESSIONS_PER_ADDRESS)
                        .with("MaxNewSessionsPerMinute", LimitSettings.MAX_NEW_SESSIONS_PER_MINUTE)
                        .with("MaxMessagesPerMinute", LimitSettings.MAX_MESSAGES_PER_MINUTE)
                        .with("MaxErrors", LimitSettings.MAX_ERRORS)
                        .with("MaxUnknownCommands", LimitSettings.MAX_UNKNOWN_COMMANDS)
                        .with("GreetingDelay", LimitSettings.GREETING_DELAY)
                        .with("ContentIdleTimeout", LimitSettings.CONTENT_IDLE_TIMEOUT)
                        .with("MinDataRate", LimitSettings.MIN_DATA_RATE)
                        .with("MaxDataTime", LimitSettings.MAX_DATA_TIME)
                        .with("DeliveryWait", LimitSettings.DELIVERY_WAIT)
                        .with("DeliveryTimeout", LimitSettings.DELIVERY_TIMEOUT)
                        .with("ProxyNetworks", LimitSettings.PROXY_NETWORKS),
                settings,
                caller);
    }

    @Override
    public String getMaxSessions() {
        return attributes().text(LimitSettings.MAX_SESSIONS);
    }

    @Override
    public void setMaxSessions(String value) {
        attributes().change(LimitSettings.MAX_SESSIONS, value);
    }

    @Override
    public String getMaxSessionsPerAddress() {
        return attributes().text(LimitSettings.MAX_SESSIONS_PER_ADDRESS);
    }

    @Override
    public void setMaxSessionsPerAddress(String value) {
        attributes().change(LimitSettings.MAX_SESSIONS_PER_ADDRESS, value);
    }

    @Override
    public String getMaxNewSessionsPerMinute() {
        return attributes().text(LimitSettings.MAX_NEW_SESSIONS_PER_MINUTE);
    }

    @Override
    public void setMaxNewSessionsPerMinute(String value) {
        attributes().change(LimitSettings.MAX_NEW_SESSIONS_PER_MINUTE, value);
    }

    @Override
    public String getMaxMessagesPerMinute() {
        return attributes().text(LimitSettings.MAX_MESSAGES_PER_MINUTE);
    }

    @Override
    public void setMaxMessagesPerMinute(String value) {
        attributes().change(LimitSettings.MAX_MESSAGES_PER_MINUTE, value);
    }

    @Override
    public String getMaxErrors() {
        return attributes().text(LimitSettings.MAX_ERRORS);
    }

    @Override
    public void setMaxErrors(String value) {
        attributes().change(LimitSettings.MAX_ERRORS, value);
    }

    @Override
    public String getMaxUnknownCommands() {
        return attributes().text(LimitSettings.MAX_UNKNOWN_COMMANDS);
    }

    @Override
    public void setMaxUnknownCommands(String value) {
        attributes().change(LimitSettings.MAX_UNKNOWN_COMMANDS, value);
    }

    @Override
    public String getGreetingDelay() {
        return attributes().text(LimitSettings.GREETING_DELAY);
    }

    @Override
    public void setGreetingDelay(String value) {
        attributes().change(LimitSettings.GREETING_DELAY, value);
    }

    @Override
    public String getContentIdleTimeout() {
        return attributes().text(LimitSettings.CONTENT_IDLE_TIMEOUT);
    }

    @Override
    public void setContentIdleTimeout(String value) {
        attributes().change(LimitSettings.CONTENT_IDLE_TIMEOUT, value);
    }

    @Override
    public String getMinDataRate() {
        return attributes().text(LimitSettings.MIN_DATA_RATE);
    }

    @Override
    public void setMinDataRate(String value) {
        attributes().change(LimitSettings.MIN_DATA_RATE, value);
    }

    @Override
    public String getMaxDataTime() {
        return attributes().text(LimitSettings.MAX_DATA_TIME);
    }

    @Override
    public void setMaxDataTime(String value) {
        attributes().change(LimitSettings.MAX_DATA_TIME, value);
    }

    @Override
    public String getDeliveryWait() {
        return attributes().text(LimitSettings.DELIVERY_WAIT);
    }

    @Override
    public void setDeliveryWait(String value) {
        attributes().change(LimitSettings.DELIVERY_WAIT, value);
    }

    @Override
    public String getDeliveryTimeout() {
        return attributes().text(LimitSettings.DELIVERY_TIMEOUT);
    }

    @Override
    public void setDeliveryTimeout(String value) {
        attributes().change(LimitSettings.DELIVERY_TIMEOUT, value);
    }

    @Override
    public String getProxyNetworks() {
        return attributes().text(LimitSettings.PROXY_NETWORKS);
    }

    @Override
    public void setProxyNetworks(String value) {
        attributes().change(LimitSettings.PROXY_NETWORKS, value);
    }
}
