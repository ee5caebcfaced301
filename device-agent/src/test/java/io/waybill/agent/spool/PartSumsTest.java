package io.waybill.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartSumsTest {

  private static final String SESSION = "0190f000-0000-7000-8000-000000000001";
  private static final String OTHER = "0190f000-0000-7000-8000-000000000002";

  @TempDir Path directory;

  private Path journal() {
    return directory.resolve("u.sums");
  }

  private PartSums read(String session) {
    return PartSums.read(journal(), session, 20);
  }

  @Test
  void the_first_sum_of_a_part_is_the_one_that_every_later_process_knows() {
    assertThat(read(SESSION).agrees(3, 0xCAFE)).isTrue();

    assertThat(read(SESSION).agrees(3, 0xCAFE)).isTrue();
    assertThat(read(SESSION).agrees(3, 0xBEEF)).isFalse();
    assertThat(read(SESSION).of(3)).isEqualTo(0xCAFE);
    assertThat(read(OTHER).knows(3)).isFalse();
  }

  @Test
  void a_journal_cut_off_anywhere_loses_its_last_line_at_most() throws IOException {
    PartSums sums = read(SESSION);
    sums.agrees(1, 0x11111111);
    sums.agrees(12, 0x22222222);
    byte[] whole = Files.readAllBytes(journal());
    int lastLine =
        new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).lastIndexOf('\n');
    for (int length = lastLine; length < whole.length; length++) {
      Files.write(journal(), java.util.Arrays.copyOf(whole, length));
      PartSums torn = read(SESSION);
      assertThat(torn.of(1)).isEqualTo(0x11111111);
      assertThat(torn.known().stream()).containsExactly(1);

      torn.agrees(2, 0x33333333);
      assertThat(read(SESSION).of(2)).isEqualTo(0x33333333);
    }
  }

  @Test
  void rubbish_says_nothing() throws IOException {
    Files.write(journal(), new byte[] {0, (byte) 0xFF, '\n', 7}, StandardOpenOption.CREATE);
    assertThat(read(SESSION).known().isEmpty()).isTrue();
    Files.writeString(journal(), SESSION + " 99999 00000001\n" + SESSION + " 0 00000001\n");
    assertThat(read(SESSION).known().isEmpty()).isTrue();
  }
}
