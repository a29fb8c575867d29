package org.postern.gateway;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import java.time.Clock;
import java.util.concurrent.Executor;
import org.postern.MailConnectionFactory;
import org.postern.administration.Administration;
import org.postern.administration.Settings;

/** Tells the adapter of the gateway's settings when the application starts, before any mail comes; keeps what its beans share. */
@Startup
@Singleton
public class Lifecycle {

    @Resource(name = "mail/postern")
    private MailConnectionFactory mail;

    private Executor threads;
    private ReportSender reportSender;
    private Settings.Registration declaration;

    /** For the container. */
    public Lifecycle() {}

    Lifecycle(MailConnectionFactory mail, Executor threads) {
        this.mail = mail;
        this.threads = threads;
    }

    @Resource
    void setThreads(ManagedExecutorService threads) {
        this.threads = threads;
    }

    @PostConstruct
    void start() {
        Administration administration = mail.administration();
        Settings settings = administration.settings();
        declaration = settings.declare(GatewaySettings.ALL);
        reportSender = new ReportSender(mail, threads, Clock.systemUTC());
    }

    /**
     * Gives what all beans of the gateway send reports by, when the settings are declared. The container starts this bean before it
     * lets anybody call it; mail can come earlier than that, as servers activate beans and start them in whatever order.
     *
     * @return the same for all
     */
    public ReportSender reportSender() {
        return reportSender;
    }

    @PreDestroy
    void stop() {
        if (declaration != null) {
            declaration.close();
        }
    }
}
