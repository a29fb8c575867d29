package org.postern.connector;

import java.util.Map;
import java.util.TreeMap;

/**
 * The adapter's properties: one for each setting, its text as the server's adapter configuration gives it. All are text, so that
 * a wrong value is answered by this adapter with a sentence of its own; null is "not configured here". What each means, and what
 * is legal, stands with its {@link org.postern.administration.Setting}.
 */
abstract class AdapterProperties {

    private final Map<String, String> configured = new TreeMap<>();

    /** {@return what is configured, by the names of the settings} */
    final Map<String, String> configured() {
        return Map.copyOf(configured);
    }

    private String configured(String name) {
        return configured.get(name);
    }

    private void configure(String name, String value) {
        if (value == null) {
            configured.remove(name);
        } else {
            configured.put(name, value);
        }
    }

    public String getAcceptServerAuthAsClient() {
        return configured("acceptServerAuthAsClient");
    }

    public void setAcceptServerAuthAsClient(String value) {
        configure("acceptServerAuthAsClient", value);
    }

    public String getAcceptedDomains() {
        return configured("acceptedDomains");
    }

    public void setAcceptedDomains(String value) {
        configure("acceptedDomains", value);
    }

    public String getActiveClientCertificate() {
        return configured("activeClientCertificate");
    }

    public void setActiveClientCertificate(String value) {
        configure("activeClientCertificate", value);
    }

    public String getActiveServerCertificate() {
        return configured("activeServerCertificate");
    }

    public void setActiveServerCertificate(String value) {
        configure("activeServerCertificate", value);
    }

    public String getAllowAuthInClear() {
        return configured("allowAuthInClear");
    }

    public void setAllowAuthInClear(String value) {
        configure("allowAuthInClear", value);
    }

    public String getAllowUnverifiedAuth() {
        return configured("allowUnverifiedAuth");
    }

    public void setAllowUnverifiedAuth(String value) {
        configure("allowUnverifiedAuth", value);
    }

    public String getAllowedClients() {
        return configured("allowedClients");
    }

    public void setAllowedClients(String value) {
        configure("allowedClients", value);
    }

    public String getBareNewline() {
        return configured("bareNewline");
    }

    public void setBareNewline(String value) {
        configure("bareNewline", value);
    }

    public String getCertificateWatch() {
        return configured("certificateWatch");
    }

    public void setCertificateWatch(String value) {
        configure("certificateWatch", value);
    }

    public String getClientBlockTimeout() {
        return configured("clientBlockTimeout");
    }

    public void setClientBlockTimeout(String value) {
        configure("clientBlockTimeout", value);
    }

    public String getClientCertificate() {
        return configured("clientCertificate");
    }

    public void setClientCertificate(String value) {
        configure("clientCertificate", value);
    }

    public String getClientCommandTimeout() {
        return configured("clientCommandTimeout");
    }

    public void setClientCommandTimeout(String value) {
        configure("clientCommandTimeout", value);
    }

    public String getClientConnectTimeout() {
        return configured("clientConnectTimeout");
    }

    public void setClientConnectTimeout(String value) {
        configure("clientConnectTimeout", value);
    }

    public String getClientDataTimeout() {
        return configured("clientDataTimeout");
    }

    public void setClientDataTimeout(String value) {
        configure("clientDataTimeout", value);
    }

    public String getClientEndTimeout() {
        return configured("clientEndTimeout");
    }

    public void setClientEndTimeout(String value) {
        configure("clientEndTimeout", value);
    }

    public String getClientGreetingTimeout() {
        return configured("clientGreetingTimeout");
    }

    public void setClientGreetingTimeout(String value) {
        configure("clientGreetingTimeout", value);
    }

    public String getClientHandshakeTimeout() {
        return configured("clientHandshakeTimeout");
    }

    public void setClientHandshakeTimeout(String value) {
        configure("clientHandshakeTimeout", value);
    }

    public String getClientIdleCheck() {
        return configured("clientIdleCheck");
    }

    public void setClientIdleCheck(String value) {
        configure("clientIdleCheck", value);
    }

    public String getClientMaxAge() {
        return configured("clientMaxAge");
    }

    public void setClientMaxAge(String value) {
        configure("clientMaxAge", value);
    }

    public String getClientMaxMessages() {
        return configured("clientMaxMessages");
    }

    public void setClientMaxMessages(String value) {
        configure("clientMaxMessages", value);
    }

    public String getClientTlsLevel() {
        return configured("clientTlsLevel");
    }

    public void setClientTlsLevel(String value) {
        configure("clientTlsLevel", value);
    }

    public String getClientTlsProtocols() {
        return configured("clientTlsProtocols");
    }

    public void setClientTlsProtocols(String value) {
        configure("clientTlsProtocols", value);
    }

    public String getContentIdleTimeout() {
        return configured("contentIdleTimeout");
    }

    public void setContentIdleTimeout(String value) {
        configure("contentIdleTimeout", value);
    }

    public String getDataDirectory() {
        return configured("dataDirectory");
    }

    public void setDataDirectory(String value) {
        configure("dataDirectory", value);
    }

    public String getDeadHostMaxPause() {
        return configured("deadHostMaxPause");
    }

    public void setDeadHostMaxPause(String value) {
        configure("deadHostMaxPause", value);
    }

    public String getDeadHostPause() {
        return configured("deadHostPause");
    }

    public void setDeadHostPause(String value) {
        configure("deadHostPause", value);
    }

    public String getDeliveriesAtOnce() {
        return configured("deliveriesAtOnce");
    }

    public void setDeliveriesAtOnce(String value) {
        configure("deliveriesAtOnce", value);
    }

    public String getDeliveryTimeout() {
        return configured("deliveryTimeout");
    }

    public void setDeliveryTimeout(String value) {
        configure("deliveryTimeout", value);
    }

    public String getDeliveryWait() {
        return configured("deliveryWait");
    }

    public void setDeliveryWait(String value) {
        configure("deliveryWait", value);
    }

    public String getDnsServers() {
        return configured("dnsServers");
    }

    public void setDnsServers(String value) {
        configure("dnsServers", value);
    }

    public String getDnsTimeout() {
        return configured("dnsTimeout");
    }

    public void setDnsTimeout(String value) {
        configure("dnsTimeout", value);
    }

    public String getEventLoops() {
        return configured("eventLoops");
    }

    public void setEventLoops(String value) {
        configure("eventLoops", value);
    }

    public String getGreetingDelay() {
        return configured("greetingDelay");
    }

    public void setGreetingDelay(String value) {
        configure("greetingDelay", value);
    }

    public String getHandshakeTimeout() {
        return configured("handshakeTimeout");
    }

    public void setHandshakeTimeout(String value) {
        configure("handshakeTimeout", value);
    }

    public String getHost() {
        return configured("host");
    }

    public void setHost(String value) {
        configure("host", value);
    }

    public String getHostName() {
        return configured("hostName");
    }

    public void setHostName(String value) {
        configure("hostName", value);
    }

    public String getIdleTimeout() {
        return configured("idleTimeout");
    }

    public void setIdleTimeout(String value) {
        configure("idleTimeout", value);
    }

    public String getImplicitTlsPort() {
        return configured("implicitTlsPort");
    }

    public void setImplicitTlsPort(String value) {
        configure("implicitTlsPort", value);
    }

    public String getKeyPasswordFile() {
        return configured("keyPasswordFile");
    }

    public void setKeyPasswordFile(String value) {
        configure("keyPasswordFile", value);
    }

    public String getLocalRecipients() {
        return configured("localRecipients");
    }

    public void setLocalRecipients(String value) {
        configure("localRecipients", value);
    }

    public String getManagementDomain() {
        return configured("managementDomain");
    }

    public void setManagementDomain(String value) {
        configure("managementDomain", value);
    }

    public String getMaxDataTime() {
        return configured("maxDataTime");
    }

    public void setMaxDataTime(String value) {
        configure("maxDataTime", value);
    }

    public String getMaxErrors() {
        return configured("maxErrors");
    }

    public void setMaxErrors(String value) {
        configure("maxErrors", value);
    }

    public String getMaxMessageSize() {
        return configured("maxMessageSize");
    }

    public void setMaxMessageSize(String value) {
        configure("maxMessageSize", value);
    }

    public String getMaxMessagesPerMinute() {
        return configured("maxMessagesPerMinute");
    }

    public void setMaxMessagesPerMinute(String value) {
        configure("maxMessagesPerMinute", value);
    }

    public String getMaxNewSessionsPerMinute() {
        return configured("maxNewSessionsPerMinute");
    }

    public void setMaxNewSessionsPerMinute(String value) {
        configure("maxNewSessionsPerMinute", value);
    }

    public String getMaxRecipients() {
        return configured("maxRecipients");
    }

    public void setMaxRecipients(String value) {
        configure("maxRecipients", value);
    }

    public String getMaxSessions() {
        return configured("maxSessions");
    }

    public void setMaxSessions(String value) {
        configure("maxSessions", value);
    }

    public String getMaxSessionsPerAddress() {
        return configured("maxSessionsPerAddress");
    }

    public void setMaxSessionsPerAddress(String value) {
        configure("maxSessionsPerAddress", value);
    }

    public String getMaxUnknownCommands() {
        return configured("maxUnknownCommands");
    }

    public void setMaxUnknownCommands(String value) {
        configure("maxUnknownCommands", value);
    }

    public String getMessageMemory() {
        return configured("messageMemory");
    }

    public void setMessageMemory(String value) {
        configure("messageMemory", value);
    }

    public String getMinDataRate() {
        return configured("minDataRate");
    }

    public void setMinDataRate(String value) {
        configure("minDataRate", value);
    }

    public String getMxPort() {
        return configured("mxPort");
    }

    public void setMxPort(String value) {
        configure("mxPort", value);
    }

    public String getNextHop() {
        return configured("nextHop");
    }

    public void setNextHop(String value) {
        configure("nextHop", value);
    }

    public String getNextHopAuth() {
        return configured("nextHopAuth");
    }

    public void setNextHopAuth(String value) {
        configure("nextHopAuth", value);
    }

    public String getNextHopSecretFile() {
        return configured("nextHopSecretFile");
    }

    public void setNextHopSecretFile(String value) {
        configure("nextHopSecretFile", value);
    }

    public String getNextHopUser() {
        return configured("nextHopUser");
    }

    public void setNextHopUser(String value) {
        configure("nextHopUser", value);
    }

    public String getPolicies() {
        return configured("policies");
    }

    public void setPolicies(String value) {
        configure("policies", value);
    }

    public String getPort() {
        return configured("port");
    }

    public void setPort(String value) {
        configure("port", value);
    }

    public String getPostmasterAddress() {
        return configured("postmasterAddress");
    }

    public void setPostmasterAddress(String value) {
        configure("postmasterAddress", value);
    }

    public String getProxyNetworks() {
        return configured("proxyNetworks");
    }

    public void setProxyNetworks(String value) {
        configure("proxyNetworks", value);
    }

    public String getRequireTlsFrom() {
        return configured("requireTlsFrom");
    }

    public void setRequireTlsFrom(String value) {
        configure("requireTlsFrom", value);
    }

    public String getRevocationCheck() {
        return configured("revocationCheck");
    }

    public void setRevocationCheck(String value) {
        configure("revocationCheck", value);
    }

    public String getServerCertificates() {
        return configured("serverCertificates");
    }

    public void setServerCertificates(String value) {
        configure("serverCertificates", value);
    }

    public String getServerTlsLevel() {
        return configured("serverTlsLevel");
    }

    public void setServerTlsLevel(String value) {
        configure("serverTlsLevel", value);
    }

    public String getServerTlsProtocols() {
        return configured("serverTlsProtocols");
    }

    public void setServerTlsProtocols(String value) {
        configure("serverTlsProtocols", value);
    }

    public String getSilentHostWait() {
        return configured("silentHostWait");
    }

    public void setSilentHostWait(String value) {
        configure("silentHostWait", value);
    }

    public String getStopPatience() {
        return configured("stopPatience");
    }

    public void setStopPatience(String value) {
        configure("stopPatience", value);
    }

    public String getTrustedNetworks() {
        return configured("trustedNetworks");
    }

    public void setTrustedNetworks(String value) {
        configure("trustedNetworks", value);
    }

    public String getUseSystemCertificates() {
        return configured("useSystemCertificates");
    }

    public void setUseSystemCertificates(String value) {
        configure("useSystemCertificates", value);
    }
}
