package io.waybill.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The simulator bites: each of the planted faults is found, and docs/simulation.md says how soon.
 */
class PlantedFaultsTest {

  private static final Path CORE = Path.of("../upload-core/src/main/java/io/waybill/core");
  private static final Path PAGE = Path.of("../docs/simulation.md");
  private static final String BEGIN = "<!-- planted -->\n";
  private static final String END = "<!-- /planted -->\n";
  private static final int MOST_LIVES = 400;

  @TempDir Path work;

  @Test
  void every_planted_fault_is_found() throws Exception {
    List<String> table = new ArrayList<>();
    List<String> unfound = new ArrayList<>();
    for (Planted fault : Planted.ALL) {
      int lives = livesUntilFound(fault);
      table.add("| %s | %s |".formatted(fault.what(), lives == 0 ? "**no**" : "life " + lives));
      if (lives == 0) {
        unfound.add(fault.what());
      }
    }
    if (Boolean.getBoolean("waybill.docs.write")) {
      write(table);
    }
    assertThat(unfound).as("faults that %d lives do not find", MOST_LIVES).isEmpty();
    assertThat(Files.readString(PAGE))
        .as("the table of docs/simulation.md; -Dwaybill.docs.write=true renews it")
        .contains(Planted.ALL.stream().map(fault -> "| " + fault.what() + " |").toList());
  }

  private static void write(List<String> table) throws IOException {
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    Files.writeString(
        PAGE,
        page.substring(0, from)
            + "\n| planted | found in |\n| --- | --- |\n"
            + String.join("\n", table)
            + "\n\n"
            + page.substring(page.indexOf(END)));
  }

  /** The first life that breaks; 0 when none does. */
  private int livesUntilFound(Planted fault) throws Exception {
    Path classes = compiled(fault);
    URL[] places = {url(classes), place(Simulation.class), place(Verdict.class)};
    try (URLClassLoader loader = new Copies(places)) {
      Class<?> copy = loader.loadClass(LivesUntilBroken.class.getName());
      Method run = copy.getMethod("of", int.class);
      return (int) run.invoke(null, MOST_LIVES);
    }
  }

  private Path compiled(Planted fault) throws IOException {
    String source = Files.readString(CORE.resolve(fault.file()));
    assertThat(source.split(Pattern.quote(fault.code()), -1))
        .as("stands exactly once in %s: %s", fault.file(), fault.code())
        .hasSize(2);
    Path copy = Files.createDirectories(work.resolve("src" + Planted.ALL.indexOf(fault)));
    Path file = copy.resolve(Path.of(fault.file()).getFileName());
    Files.writeString(file, source.replace(fault.code(), fault.instead()));
    Path classes = Files.createDirectories(work.resolve("classes" + Planted.ALL.indexOf(fault)));
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    int result =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-nowarn",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString(),
            file.toString());
    assertThat(result).as("the compiler takes %s", fault.what()).isZero();
    return classes;
  }

  private static URL url(Path folder) throws IOException {
    return folder.toUri().toURL();
  }

  private static URL place(Class<?> of) {
    return of.getProtectionDomain().getCodeSource().getLocation();
  }

  /** Loads what is ours from these places first, and each class anew. */
  private static final class Copies extends URLClassLoader {

    Copies(URL... places) {
      super(withTests(places), PlantedFaultsTest.class.getClassLoader());
    }

    private static URL[] withTests(URL... places) {
      List<URL> all = new ArrayList<>(List.of(places));
      all.add(place(PlantedFaultsTest.class));
      return all.toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("io.waybill.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known != null ? known : findClass(name);
      }
    }
  }
}
