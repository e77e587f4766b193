package dev.steadymail.server.accounts;

import java.util.List;

/** Spellings of places that no tenant may reach. */
public final class ForbiddenHosts {
    /** As a host may be written in a URL, without brackets. */
    public static final List<String> SPELLINGS = List.of("""
            127.0.0.1 127.0.0.2 127.255.255.254 127.1 127.0.1 127.0.0.1. 127.0.0.1.. 2130706433 017700000001 0x7f000001
            0x7f.0.0.1 0x7f.1 0177.0.0.1 0177.1 127.0.0.01 127.0.0.0x1 00177.0.0.1 0x7F.0x0.0x0.0x1 4294967297 0 0.0.0.0
            10.0.0.1 10.1 167772161 0x0a000001 012.0.0.1 100.64.0.1 169.254.169.254 169.254.169.254. 2852039166
            0xa9fea9fe 0xa9.0xfe.0xa9.0xfe 0251.0376.0251.0376 169.254.43518 172.16.0.1 172.31.255.255 192.168.0.1
            192.168.1 3232235521 0xc0a80001 198.18.0.1 224.0.0.1 255.255.255.255 ::1 :: 0:0:0:0:0:0:0:1 ::127.0.0.1
            ::7f00:1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::FFFF:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1
            64:ff9b::a9fe:a9fe 2002:7f00:1:: 2001:0:7f00:1:: fc00::1 fd00:ec2::254 fe80::1 fe80::1%lo fe80::1%251 ::1%lo
            fec0::1 ff02::1 localhost localhost. LOCALHOST ip6-localhost metadata.google.internal １２７.0.0.1
            127。0。0。1 ①②⑦.0.0.1 ⓛocalhost 127%2e0.0.1 127.0.0.1%00.example.com 127.0.0.1:143@mail.example.com
            """.strip().split("\\s+"));

    private ForbiddenHosts() {}
}
