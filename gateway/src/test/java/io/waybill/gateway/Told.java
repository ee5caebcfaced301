package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.wire.ErrorBody;
import io.waybill.wire.Parsed;
import io.waybill.wire.Reply;

/** Takes answers apart. */
final class Told {

  private Told() {}

  static <T> T result(Reply reply, Class<T> type) {
    assertThat(reply).isInstanceOf(Reply.Ok.class);
    Parsed<T> parsed = ((Reply.Ok) reply).as(type);
    assertThat(parsed).isInstanceOf(Parsed.Read.class);
    return ((Parsed.Read<T>) parsed).value();
  }

  static ErrorBody error(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Err.class);
    return ((Reply.Err) reply).error();
  }
}
