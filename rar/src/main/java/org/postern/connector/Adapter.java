package org.postern.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import jakarta.resource.spi.work.WorkException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.postern.administration.Administration;
import org.postern.administration.Health.Severity;
import org.postern.outbound.MimePreparation;
import org.postern.tls.Roles;

/**
 * A started adapter. Its listener is open while there is a bean to take mail and nothing is wrong that an administrator has to
 * put right first.
 */
final class Adapter {

    private static final System.Logger LOG = System.getLogger(Adapter.class.getName());

    /** Until then applications have declared the settings that are theirs, in whatever order a server starts their parts. */
    private static final Duration UNKNOWN_NAMES = Duration.ofSeconds(5);

    private final BootstrapContext context;
    private final Endpoints endpoints = new Endpoints();
    private final Foundation foundation;
    private volatile boolean failed;
    private volatile Optional<Works> works = Optional.empty();

    private Adapter(BootstrapContext context, Map<String, String> configured) {
        this.context = context;
        this.foundation = new Foundation(configured, this::fail);
    }

    static Adapter start(Map<String, String> configured, BootstrapContext context) {
        var adapter = new Adapter(context, configured);
        adapter.startWorks();
        return adapter;
    }

    private synchronized void startWorks() {
        if (failed) {
            return;
        }
        try {
            works = Optional.of(new Works(foundation, context, endpoints));
        } catch (IllegalArgumentException | IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "The start failed.", e);
            foundation.health().report("start", Severity.ERROR, e.getMessage());
        }
    }

    /** Closes the listener for good after an error, except for one without which mail can still be taken in clear. */
    private void fail(String key) {
        if (!key.equals(Roles.CERTIFICATE_PROBLEM)) {
            failed = true;
            schedule(this::closeAfterFailure);
        }
    }

    private synchronized void closeAfterFailure() {
        works.ifPresent(running -> running.listener().close(Duration.ZERO));
    }

    /** Takes a bean into service. The ports are opened once the container says that it can be called. */
    void activate(Endpoint endpoint) throws ResourceException {
        endpoints.add(endpoint);
        schedule(() -> serve(endpoint));
    }

    private void serve(Endpoint endpoint) {
        try {
            // Waits, on some servers, until the bean's application has been deployed as a whole.
            endpoint.factory().createEndpoint(null).release();
        } catch (UnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "The bean " + endpoint.name() + " cannot be called yet.", e);
        }
        open(endpoint);
    }

    private synchronized void open(Endpoint endpoint) {
        if (failed || works.isEmpty() || !endpoints.contains(endpoint)) {
            return;
        }
        Works running = works.get();
        if (running.listener().isOpen()) {
            return;
        }
        try {
            running.listener().open();
            foundation.health().ready(true);
            LOG.log(System.Logger.Level.INFO, ReadyLine.of(foundation, running));
            running.later(() -> schedule(foundation.settings()::reportUnknownNames), UNKNOWN_NAMES);
        } catch (IOException e) {
            foundation.health().report("ports", Severity.ERROR, e.getMessage());
        }
    }

    /** Takes a bean out of service. With the last one the listener goes, when messages under way are finished. */
    synchronized void deactivate(MessageEndpointFactory factory) {
        if (endpoints.isLast(factory)) {
            foundation.health().ready(false);
            works.ifPresent(running -> running.listener().close(running.patience()));
        }
        endpoints.remove(factory);
    }

    synchronized void stop() {
        works.ifPresent(Works::close);
        works = Optional.empty();
        foundation.close();
    }

    Outbound outbound() {
        return running().outbound();
    }

    MimePreparation mimePreparation() {
        return running().mimePreparation();
    }

    Administration administration() {
        return foundation.administration();
    }

    /** Waits for nobody: beans send while the listener waits for them to end. */
    private Works running() {
        return works.orElseThrow(() -> new IllegalStateException(
                "Mail cannot be sent: " + String.join(" ", foundation.health().problems())));
    }

    private void schedule(Runnable task) {
        try {
            context.getWorkManager().scheduleWork(new Task(task));
        } catch (WorkException e) {
            throw new IllegalStateException("The container takes no work: " + e.getMessage(), e);
        }
    }
}
