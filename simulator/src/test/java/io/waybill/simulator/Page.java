package io.waybill.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The part of docs/simulation.md between two marks, which a test writes when it is told to.
 *
 * @param mark {@code <!-- mark -->}, and {@code <!-- /mark -->} at its end
 */
record Page(String mark) {

  static final Path FILE = Path.of("../docs/simulation.md");

  /** Renews it with {@code -Dwaybill.docs.write=true}. */
  void write(List<String> lines) throws IOException {
    if (!Boolean.getBoolean("waybill.docs.write")) {
      return;
    }
    String page = Files.readString(FILE);
    String begin = "<!-- " + mark + " -->\n";
    Files.writeString(
        FILE,
        page.substring(0, page.indexOf(begin) + begin.length())
            + "\n"
            + String.join("\n", lines)
            + "\n\n"
            + page.substring(page.indexOf("<!-- /" + mark + " -->\n")));
  }
}
