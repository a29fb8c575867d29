package org.postern.gateway;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import org.postern.MailConnectionFactory;
import org.postern.administration.Administration;
import org.postern.administration.Settings;

/** Tells the adapter of the gateway's settings when the application starts, before any mail comes. */
@Startup
@Singleton
public class Lifecycle {

    @Resource(name = "mail/postern")
    private MailConnectionFactory mail;

    private Settings.Registration declaration;

    /** For the container. */
    public Lifecycle() {}

    Lifecycle(MailConnectionFactory mail) {
        this.mail = mail;
    }

    @PostConstruct
    void start() {
        Administration administration = mail.administration();
        Settings settings = administration.settings();
        declaration = settings.declare(GatewaySettings.ALL);
    }

    /**
     * Returns when the settings are declared. The container starts this bean before it lets anybody call it; mail can come
     * earlier than that, as servers activate beans and start them in whatever order.
     */
    public void awaitStart() {
        // To be let in is all that is wanted.
    }

    @PreDestroy
    void stop() {
        if (declaration != null) {
            declaration.close();
        }
    }
}
