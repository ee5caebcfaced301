package io.waybill.hivemq;

import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import java.util.List;
import java.util.Optional;

/** What the broker asks about whoever knocks and is no gateway. */
@FunctionalInterface
public interface Devices {

  /**
   * What an active device may use, if this is its valid credential now and the client id is its
   * own; empty for every other reason, which the answer does not tell. May block; an exception says
   * that nobody can tell now, and refuses the connection.
   */
  Optional<List<TopicPermission>> rightsOf(Visitor visitor);
}
