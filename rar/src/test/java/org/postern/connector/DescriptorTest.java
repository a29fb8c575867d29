package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.postern.administration.Setting;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Holds what is written for servers and people against the settings in the code. */
class DescriptorTest {

    /** Settings of the gateway; its own module declares them, and they are properties of the adapter too. */
    private static final List<String> OF_THE_GATEWAY = List.of("localRecipients", "postmasterAddress");

    @Test
    void everySettingShouldBeAPropertyOfTheAdapterWithoutAValue() throws Exception {
        Map<String, String> described = new TreeMap<>();
        for (Element property : properties("resourceadapter")) {
            assertThat(text(property, "config-property-type")).isEqualTo("java.lang.String");
            assertThat(property.getElementsByTagName("config-property-value").getLength())
                    .as("null is: not configured here")
                    .isZero();
            described.put(text(property, "config-property-name"), text(property, "description"));
        }
        Map<String, String> expected = new TreeMap<>();
        AllSettings.list().forEach(setting -> expected.put(setting.name(), setting.description()));
        assertThat(described.keySet()).containsAll(OF_THE_GATEWAY);
        OF_THE_GATEWAY.forEach(described::remove);
        assertThat(described).isEqualTo(expected);
    }

    @Test
    void everyPropertyShouldReachTheSettingOfItsName() throws Exception {
        var adapter = new PosternResourceAdapter();
        var names = new TreeSet<>(OF_THE_GATEWAY);
        AllSettings.list().forEach(setting -> names.add(setting.name()));
        for (PropertyDescriptor property :
                Introspector.getBeanInfo(AdapterProperties.class, Object.class).getPropertyDescriptors()) {
            assertThat(names.remove(property.getName())).as(property.getName()).isTrue();
            assertThat(property.getReadMethod().invoke(adapter)).isNull();
            property.getWriteMethod().invoke(adapter, "a value");
            assertThat(adapter.configured()).containsEntry(property.getName(), "a value");
            assertThat(property.getReadMethod().invoke(adapter)).isEqualTo("a value");
            property.getWriteMethod().invoke(adapter, (Object) null);
        }
        assertThat(adapter.configured()).isEmpty();
        assertThat(names).isEmpty();
    }

    @Test
    void settingsTextShouldListTheSettingsForHelp() throws Exception {
        String expected = table(AllSettings.list(), "%s\t%s\t%s");
        Files.writeString(Path.of("target", "settings.txt"), expected);
        assertThat(resource("/org/postern/settings.txt"))
                .as("what target/settings.txt holds now")
                .isEqualTo(expected);
    }

    @Test
    void readmeShouldListTheSettings() throws Exception {
        String expected = table(AllSettings.list(), "| `%s` | %s | %s |");
        Files.writeString(Path.of("target", "settings.md"), expected);
        assertThat(Files.readString(Path.of("README.md")))
                .as("has what target/settings.md holds now")
                .contains(expected);
    }

    private static String table(List<Setting<?>> settings, String row) {
        return settings.stream()
                .map(setting -> String.format(
                        row,
                        setting.name(),
                        row.startsWith("|") && !setting.defaultText().isEmpty()
                                ? "`" + setting.defaultText() + "`"
                                : setting.defaultText(),
                        row.startsWith("|") ? setting.description().replace("|", "\\|") : setting.description()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String resource(String name) throws Exception {
        try (var in = DescriptorTest.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Element> properties(String parent) throws Exception {
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("src/main/rar/META-INF/ra.xml").toFile());
        NodeList all = document.getElementsByTagName("config-property");
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i).getParentNode().getNodeName().equals(parent)) {
                found.add((Element) all.item(i));
            }
        }
        return found;
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent().strip();
    }
}
