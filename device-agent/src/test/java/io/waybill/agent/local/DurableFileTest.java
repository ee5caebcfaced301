package io.waybill.agent.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {

  @TempDir private Path folder;

  private Path beside(String text) throws IOException {
    return DurableFile.beside(folder.resolve("credential.next"), text, DurableFile.SECRET);
  }

  @Test
  void nothing_of_a_secret_is_left_when_it_cannot_be_written() {
    Thread.currentThread().interrupt(); // a channel is closed by that, as it is by a full disk
    try {
      assertThatThrownBy(() -> beside("secret")).isInstanceOf(ClosedByInterruptException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_shorter_text_takes_the_room_of_a_longer_one() throws IOException {
    Path fresh = beside(" ".repeat(100));
    DurableFile.rewrite(fresh, "secret\n");
    assertThat(fresh).content().isEqualTo("secret\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
        .isEqualTo("rw-------");
  }

  @Test
  void what_somebody_left_who_died_is_removed_and_nothing_else() throws IOException {
    beside("secret");
    beside("another");
    Path next = Files.writeString(folder.resolve("credential.next"), "next");
    Path other = Files.writeString(folder.resolve(".credential-1.new"), "other");
    DurableFile.sweep(next);
    assertThat(folder).isDirectoryNotContaining(each -> !each.equals(next) && !each.equals(other));
    assertThat(next).exists();
    assertThat(other).exists();
  }
}
