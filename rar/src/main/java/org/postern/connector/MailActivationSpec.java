package org.postern.connector;

import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.InvalidPropertyException;
import jakarta.resource.spi.ResourceAdapter;
import java.beans.IntrospectionException;
import java.beans.PropertyDescriptor;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The activation properties of a bean that receives mail. */
public class MailActivationSpec implements ActivationSpec, Serializable {

    private static final long serialVersionUID = 1L;

    private transient ResourceAdapter resourceAdapter;
    private String recipients;
    // A default in ra.xml would not be applied by every server.
    private String checkRecipients = "false";
    private String finalDelivery = "false";

    /** {@return the recipients that the bean takes mail for, separated by commas} */
    public String getRecipients() {
        return recipients;
    }

    /** Sets the recipients: addresses, {@code *@example.org}, {@code *@.example.org} or {@code *}, separated by commas. */
    public void setRecipients(String recipients) {
        this.recipients = recipients;
    }

    /** {@return whether the bean is asked about each recipient} */
    public String getCheckRecipients() {
        return checkRecipients;
    }

    /** Sets whether the bean's {@code onRecipient} is asked about each recipient: {@code true} or {@code false}. */
    public void setCheckRecipients(String checkRecipients) {
        this.checkRecipients = checkRecipients;
    }

    /** {@return whether mail goes nowhere else from the bean} */
    public String getFinalDelivery() {
        return finalDelivery;
    }

    /**
     * Sets whether mail goes nowhere else from the bean: {@code true} or {@code false}. While it may, recipients such as {@code
     * a%b@example.org}, which the next server could take for a route, are taken from trusted networks only.
     */
    public void setFinalDelivery(String finalDelivery) {
        this.finalDelivery = finalDelivery;
    }

    @Override
    public void validate() throws InvalidPropertyException {
        List<PropertyDescriptor> wrong = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        try {
            patterns();
        } catch (IllegalArgumentException e) {
            sentences.add(e.getMessage());
            wrong.add(property("recipients"));
        }
        if (!isBoolean(checkRecipients)) {
            sentences.add("The property checkRecipients must be true or false.");
            wrong.add(property("checkRecipients"));
        }
        if (!isBoolean(finalDelivery)) {
            sentences.add("The property finalDelivery must be true or false.");
            wrong.add(property("finalDelivery"));
        }
        if (!wrong.isEmpty()) {
            var exception = new InvalidPropertyException(String.join(" ", sentences));
            exception.setInvalidPropertyDescriptors(wrong.toArray(new PropertyDescriptor[0]));
            throw exception;
        }
    }

    private static boolean isBoolean(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    List<RecipientPattern> patterns() {
        return RecipientPattern.readAll(recipients == null ? "" : recipients);
    }

    boolean checksRecipients() {
        return Boolean.parseBoolean(checkRecipients);
    }

    boolean isFinal() {
        return Boolean.parseBoolean(finalDelivery);
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return resourceAdapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter resourceAdapter) throws ResourceException {
        this.resourceAdapter = resourceAdapter;
    }

    private static PropertyDescriptor property(String name) {
        try {
            return new PropertyDescriptor(name, MailActivationSpec.class);
        } catch (IntrospectionException e) {
            throw new IllegalStateException(e);
        }
    }
}
