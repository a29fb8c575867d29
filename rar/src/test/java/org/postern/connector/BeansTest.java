package org.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postern.administration.BeanWalk;
import org.postern.container.Container;

/** What the table of beans in the README says, and what a started adapter shows. */
class BeansTest {

    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    @TempDir
    Path folder;

    private final Container container = new Container(12);
    private final PosternResourceAdapter adapter = new PosternResourceAdapter();

    @Test
    void everyBeanShouldReadWellAndStandInTheReadmeWithAllThatIsNamed() throws Exception {
        String domain = "test." + folder.getFileName();
        adapter.setManagementDomain(domain);
        adapter.setDataDirectory(folder.resolve("data").toString());
        adapter.setHost("127.0.0.1");
        adapter.setPort("0");
        adapter.start(container);
        try {
            List<String> readme = Files.readAllLines(Path.of("README.md"));
            Set<ObjectName> names = BEANS.queryNames(new ObjectName(domain + ":*"), null);
            assertThat(names).isNotEmpty();
            for (ObjectName name : names) {
                BeanWalk.check(BEANS, name);
                assertThat(readme)
                        .filteredOn(line -> line.startsWith("| `type=" + name.getKeyProperty("type") + "`")
                                || line.startsWith("| `type=" + name.getKeyProperty("type") + ","))
                        .as("rows of %s", name)
                        .singleElement()
                        .satisfies(row -> assertThat(named(row)).containsExactlyInAnyOrderElementsOf(features(name)));
            }
        } finally {
            adapter.stop();
            container.stop();
        }
    }

    /** Attributes and operations; values such as OK are in capitals throughout. */
    private static List<String> named(String row) {
        return Pattern.compile("`([A-Za-z]*[a-z][A-Za-z]*)`")
                .matcher(row)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    /** Figures say themselves what they are; there are too many of them for a table. */
    private static List<String> features(ObjectName name) throws Exception {
        var info = BEANS.getMBeanInfo(name);
        boolean figures = name.getKeyProperty("type").endsWith("Statistics");
        return Stream.concat(figures ? Stream.of() : Stream.of(info.getAttributes()), Stream.of(info.getOperations()))
                .map(MBeanFeatureInfo::getName)
                .toList();
    }
}
