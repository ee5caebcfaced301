package io.waybill.acceptance.power;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code strace} has written down of a program's calls, in the order in which they ended. */
final class Trace {
  /** Enough of a call's bytes to have those of every file that is small. */
  private static final int MOST_BYTES = 1 << 17;

  private static final Pattern LINE = Pattern.compile("^(\\d+) +(\\w+)\\((.*)\\) += (-?\\d+)(.*)$");
  private static final Pattern BEGUN = Pattern.compile("^(\\d+) +(.*) <unfinished \\.\\.\\.>$");
  private static final Pattern RESUMED = Pattern.compile("^(\\d+) +<\\.\\.\\. \\w+ resumed>(.*)$");
  private static final Pattern TEXT = Pattern.compile("\"((?:\\\\x[0-9a-f]{2})*)\"(\\.\\.\\.)?");
  private static final Pattern OF_FILE = Pattern.compile("^(-?\\w+)<([^>]*)>");
  private static final Pattern NUMBER = Pattern.compile(", (-?\\d+)");
  private static final Pattern HEX = Pattern.compile("\\\\x([0-9a-f]{2})");

  private Trace() {}

  /** How a program is run so that it is written down. */
  static List<String> runner(Path log) {
    return List.of(
        "strace",
        "-f",
        "--seccomp-bpf",
        "-y",
        "-xx",
        "-qq",
        "-s",
        "" + MOST_BYTES,
        "-e",
        "trace=openat,mkdir,write,pwrite64,writev,pwritev,lseek,ftruncate,fsync,fdatasync,rename,"
            + "renameat,renameat2,unlink,unlinkat,rmdir,link,fallocate,copy_file_range",
        "-o",
        log.toString());
  }

  /**
   * A call that went well.
   *
   * @param file the path of the descriptor that it is about; empty where it is about none
   * @param texts paths and bytes that it was given, in their order
   * @param numbers that it was given, in their order
   * @param isWhole whether all of its bytes were written down
   */
  record Call(
      String name,
      String arguments,
      String file,
      List<byte[]> texts,
      List<Long> numbers,
      long result,
      boolean isWhole) {

    /** A path that it was given. */
    String path(int n) {
      return new String(texts.get(n), StandardCharsets.UTF_8);
    }
  }

  /** Tells of every call that went well. */
  static void read(Path log, Consumer<Call> told) throws IOException {
    Map<String, String> begun = new HashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher unfinished = BEGUN.matcher(line);
        Matcher resumed = RESUMED.matcher(line);
        if (unfinished.matches()) {
          begun.put(unfinished.group(1), unfinished.group(2));
        } else if (resumed.matches()) {
          String before = begun.remove(resumed.group(1));
          tell(resumed.group(1) + " " + before + resumed.group(2), told);
        } else {
          tell(line, told);
        }
      }
    }
  }

  private static void tell(String line, Consumer<Call> told) {
    Matcher call = LINE.matcher(line);
    if (!call.matches() || call.group(4).startsWith("-")) {
      return;
    }
    String arguments = call.group(3);
    Matcher file = OF_FILE.matcher(arguments);
    Matcher text = TEXT.matcher(arguments);
    List<byte[]> texts = text.results().map(found -> bytes(found.group(1))).toList();
    boolean isWhole = TEXT.matcher(arguments).results().allMatch(found -> found.group(2) == null);
    String rest = TEXT.matcher(arguments).replaceAll("");
    List<Long> numbers =
        NUMBER.matcher(rest).results().map(found -> Long.parseLong(found.group(1))).toList();
    told.accept(
        new Call(
            call.group(2),
            rest,
            file.find() ? new String(bytes(file.group(2)), StandardCharsets.UTF_8) : "",
            texts,
            numbers,
            Long.parseLong(call.group(4)),
            isWhole));
  }

  /** Of what is written as hexadecimal, or as it is. */
  private static byte[] bytes(String written) {
    if (!written.startsWith("\\x")) {
      return written.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HEX.matcher(written)
        .results()
        .forEach(byte_ -> bytes.write(Integer.parseInt(byte_.group(1), 16)));
    return bytes.toByteArray();
  }
}
