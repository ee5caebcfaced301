/**
 * Reads the tokens of one OpenID Connect issuer: who they are about, when they are signed with one
 * of its keys, for us, and valid now.
 */
@NullMarked
package io.waybill.oidc;

import org.jspecify.annotations.NullMarked;
