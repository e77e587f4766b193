/**
 * How values look in a cache outside of this process: what an email, a list or a thread is as octets
 * ({@link dev.steadymail.cache.codec.EmailCodec}, {@link dev.steadymail.cache.codec.ListCodec}), and how octets are compressed and
 * sealed before they leave ({@link dev.steadymail.cache.codec.ValueSealer}). Functions of what they are given, without any input or
 * output of their own.
 */
@NullMarked
package dev.steadymail.cache.codec;

import org.jspecify.annotations.NullMarked;
