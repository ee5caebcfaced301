package io.waybill.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.memory.MemoryTransaction.Occupied;
import org.junit.jupiter.api.Test;

/** What READ COMMITTED promises, transaction beside transaction. */
class MemoryTransactionTest {

  private static final Table<String, String> TABLE = Table.of("things");

  private final MemoryDatabase database = new MemoryDatabase();
  private final MemoryTransaction one = database.begin();
  private final MemoryTransaction other = database.begin();

  MemoryTransactionTest() {
    MemoryTransaction first = database.begin();
    first.of(TABLE).put("a", "0");
    first.of(TABLE).put("b", "0");
    first.commit();
  }

  @Test
  void nobody_sees_what_is_not_committed_and_everybody_at_once_what_is() {
    one.of(TABLE).put("a", "1");
    assertThat(one.of(TABLE).get("a")).isEqualTo("1");
    assertThat(other.of(TABLE).get("a")).isEqualTo("0");

    one.commit();

    assertThat(other.of(TABLE).get("a")).isEqualTo("1");
  }

  @Test
  void a_row_that_was_written_is_its_writers_until_the_end() {
    one.of(TABLE).put("a", "1");

    assertThatThrownBy(() -> other.of(TABLE).put("a", "2"))
        .isInstanceOfSatisfying(Occupied.class, by -> assertThat(by.by()).isSameAs(one));
    assertThat(other.of(TABLE).isFree("a")).isFalse();

    one.commit();
    assertThat(other.of(TABLE).lock("a")).contains("1");
  }

  @Test
  void a_new_key_is_its_writers_too() {
    one.of(TABLE).put("c", "1");

    assertThatThrownBy(() -> other.of(TABLE).put("c", "2")).isInstanceOf(Occupied.class);

    one.rollback();
    other.of(TABLE).put("c", "2");
    other.commit();
    assertThat(database.begin().of(TABLE).get("c")).isEqualTo("2");
  }

  @Test
  void a_statement_that_meets_anothers_row_leaves_no_trace() {
    one.of(TABLE).put("b", "1");

    assertThatThrownBy(() ->
            other.statement(() -> {
              other.of(TABLE).put("a", "2");
              other.of(TABLE).put("b", "2");
              return "written";
            }))
        .isInstanceOf(Occupied.class);
    other.commit();

    assertThat(database.begin().of(TABLE).get("a")).isEqualTo("0");
  }

  @Test
  void what_is_rolled_back_was_never_there() {
    one.of(TABLE).put("a", "1");
    one.of(TABLE).remove("b");
    assertThat(one.of(TABLE).values()).containsExactly("1");

    one.rollback();

    assertThat(one.isOver()).isTrue();
    assertThat(other.of(TABLE).values()).containsExactly("0", "0");
    assertThat(other.of(TABLE).isFree("a")).isTrue();
  }
}
