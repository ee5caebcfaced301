package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.upload.PartsAnswer;
import java.time.Duration;
import java.util.Collections;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Storage's own list of parts, page by page. */
class StoredPagesTest {

  private final World world = new World();
  private final UUID session = world.start().sessionId();

  private PartsAnswer.Rows page(@Nullable String cursor) {
    ListParts.Request request =
        new ListParts.Request(session, ListParts.Source.STORAGE, 1, cursor, false);
    return (PartsAnswer.Rows) value(world.use.listParts().handle(Registry.robot17(), request));
  }

  private int listings() {
    return Collections.frequency(world.store.calls(), "list");
  }

  @Test
  void pages_follow_each_other_in_one_listing_of_storage() {
    world.putAll(session);
    PartsAnswer.Rows first = page(null);
    PartsAnswer.Rows second = page(first.nextCursor());
    PartsAnswer.Rows third = page(second.nextCursor());

    assertThat(second.parts()).singleElement().returns(2, PartsAnswer.Row::partNumber);
    assertThat(third.parts()).singleElement().returns(3, PartsAnswer.Row::partNumber);
    assertThat(third.uploadedPartCount()).isEqualTo(3);
    assertThat(third.nextCursor()).isNull();
    assertThat(listings()).isEqualTo(1);
  }

  @Test
  void a_first_page_is_always_asked_of_storage() {
    world.put(session, 1);
    world.put(session, 3);
    assertThat(page(null).missingPartNumbers()).containsExactly(2);
    world.put(session, 2);
    assertThat(page(null).missingPartNumbers()).isEmpty();
    assertThat(listings()).isEqualTo(2);
  }

  @Test
  void a_page_that_comes_late_asks_again() {
    world.putAll(session);
    String cursor = page(null).nextCursor();
    world.advance(Duration.ofMinutes(1));
    assertThat(page(cursor).parts()).hasSize(1);
    assertThat(listings()).isEqualTo(2);
  }
}
