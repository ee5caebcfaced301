package io.waybill.core.port;

import io.waybill.core.event.Facts;

/** Is told, after the commit, what was committed: where counters are counted. Never throws. */
@FunctionalInterface
public interface CommitListener {

  CommitListener NONE = facts -> {};

  void committed(Facts facts);
}
