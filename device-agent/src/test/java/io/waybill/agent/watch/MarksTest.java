package io.waybill.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.watch.Marks.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was taken before, across restarts. */
class MarksTest {

  private static final Path FILE = Path.of("/data/run.mcap");

  @TempDir Path directory;

  private static Mark mark(long size) {
    return Mark.of(FILE, new FileStamp(size, 1, 1));
  }

  private Marks open() throws IOException {
    return Marks.open(directory.resolve("known"));
  }

  @Test
  void another_state_of_a_file_is_not_the_one_that_was_taken() throws IOException {
    open().add(List.of(mark(7)));

    assertThat(open().has(mark(7))).isTrue();
    assertThat(open().has(mark(8))).isFalse();
    assertThat(open().has(Mark.of(FILE, new FileStamp(7, 2, 1)))).isFalse();
    assertThat(open().has(Mark.of(Path.of("/data/other"), new FileStamp(7, 1, 1)))).isFalse();
  }

  @Test
  void another_inode_is_no_other_file() throws IOException {
    open().add(List.of(mark(7)));

    assertThat(open().has(Mark.of(FILE, new FileStamp(7, 1, 99)))).isTrue();
  }

  @Test
  void a_torn_write_loses_nothing_but_itself() throws IOException {
    Marks marks = open();
    marks.add(List.of(mark(1), mark(2)));
    Path file = directory.resolve("known");
    Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);

    Marks again = open();
    again.add(List.of(mark(3)));

    assertThat(open().size()).isEqualTo(3);
    assertThat(IntStream.of(1, 2, 3)).allMatch(n -> again.has(mark(n)));
    assertThat(file).hasSize(48);
  }

  @Test
  void what_is_known_is_not_written_again() throws IOException {
    Marks marks = open();
    marks.add(List.of(mark(1)));
    marks.add(List.of(mark(1)));

    assertThat(directory.resolve("known")).hasSize(16);
  }

  @Test
  void files_that_are_gone_are_forgotten_when_they_are_many() throws IOException {
    Marks marks = open();
    marks.add(IntStream.range(0, 11_000).mapToObj(MarksTest::mark).toList());
    MarkSet present = new MarkSet();
    present.add(mark(5).high(), mark(5).low());

    marks.keepOnly(present);

    assertThat(open().size()).isEqualTo(1);
    assertThat(open().has(mark(5))).isTrue();
    marks.add(List.of(mark(20_000)));
    assertThat(open().size()).isEqualTo(2);
  }
}
