package io.waybill.core.policy.usecase;

import io.waybill.core.policy.PolicyStores;
import io.waybill.core.storage.StorageDirectory;
import io.waybill.core.storage.UrlLife;
import io.waybill.core.work.Ports;

/** What callers can do with storage policies. */
public record PolicyUseCases(
    ReadPolicies readPolicies, CreatePolicy createPolicy, ChangePolicy changePolicy) {

  /**
   * All of them over one set of ports.
   *
   * @param directory what policies can name
   */
  public static PolicyUseCases over(
      Ports<? extends PolicyStores> ports, StorageDirectory directory, UrlLife urlLife) {
    PolicyDesk desk = new PolicyDesk(ports.ids(), directory, urlLife);
    return new PolicyUseCases(
        new ReadPolicies(ports), new CreatePolicy(ports, desk), new ChangePolicy(ports, desk));
  }
}
