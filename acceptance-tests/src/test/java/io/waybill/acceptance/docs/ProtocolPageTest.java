package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.Command;
import io.waybill.wire.Topics.Kind;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/protocol.md} lists the commands and topics that there are. */
class ProtocolPageTest {
  private static final Pattern CODE = Pattern.compile("`[^`]+`");

  private final Page page = Page.of("docs/protocol.md");

  @Test
  void it_lists_every_command_and_no_other() {
    assertThat(firstCells("Commands"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Command.Name.values()).map(Command.Name::toString).toList());
  }

  @Test
  void it_lists_the_topics_that_something_is_said_on() {
    assertThat(firstCells("Topics"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    Kind.REQUEST,
                    Kind.RESPONSE,
                    Kind.ERROR,
                    Kind.COMMAND,
                    Kind.COMMAND_RESULT,
                    Kind.EVENT,
                    Kind.PRESENCE)
                .map(kind -> "device/{tenant}/{device}/" + kind.suffix())
                .toList());
  }

  /** Every name in the first column of the chapter's table. */
  private List<String> firstCells(String chapter) {
    return page.chapter(chapter).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|", 3)[1])
        .flatMap(cell -> CODE.matcher(cell).results().map(MatchResult::group))
        .map(code -> code.replace("`", ""))
        .toList();
  }
}
