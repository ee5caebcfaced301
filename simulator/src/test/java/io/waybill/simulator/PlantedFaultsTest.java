package io.waybill.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

  private static final Path TOP = Path.of("..");
  private static final Page PAGE = new Page("planted");
  private static final int MOST_LIVES = 2000;

  @TempDir Path work;

  /** Says in a moment, and of all at once, what moved away: the lives take minutes. */
  @Test
  void each_is_planted_at_one_place() throws IOException {
    List<String> moved = new ArrayList<>();
    for (Planted fault : Planted.ALL) {
      Path file = TOP.resolve(fault.file());
      String source = Files.exists(file) ? Files.readString(file) : "";
      if (source.split(Pattern.quote(fault.code()), -1).length != 2) {
        moved.add(fault.file() + ": " + fault.code());
      }
    }
    assertThat(moved).as("do not stand exactly once in their file").isEmpty();
  }

  @Test
  void every_planted_fault_is_found() throws Exception {
    List<String> table = new ArrayList<>(List.of("| planted | found in |", "| --- | --- |"));
    List<String> unfound = new ArrayList<>();
    for (Planted fault : Planted.ALL) {
      int lives = livesUntilFound(fault);
      table.add("| %s | %s |".formatted(fault.what(), lives == 0 ? "**no**" : "life " + lives));
      if (lives == 0) {
        unfound.add(fault.what());
      }
    }
    PAGE.write(table);
    assertThat(unfound).as("faults that %d lives do not find", MOST_LIVES).isEmpty();
    assertThat(Files.readString(Page.FILE))
        .as("the table of docs/simulation.md; -Dwaybill.docs.write=true renews it")
        .contains(Planted.ALL.stream().map(fault -> "| " + fault.what() + " |").toList());
  }

  /** The first life that breaks; 0 when none does. */
  private int livesUntilFound(Planted fault) throws Exception {
    Path classes = compiled(fault);
    try (Copies copies = new Copies(classes)) {
      return copies.live(MOST_LIVES, fault.way());
    }
  }

  private Path compiled(Planted fault) throws IOException {
    String source = Files.readString(TOP.resolve(fault.file()));
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
}
