"""Pickles of pandas that keep text in pyarrow are read where there is no pyarrow."""

from __future__ import annotations

import base64
import io
import pickle
import zlib

import joblib
import pandas as pd
import pytest

from tabpy_tray import arrow_text, pickles

# Saved by pandas 3.0.3 with pyarrow, as comments say.

# DataFrame({'item': ['tea', None, 'x'], 'price': [1.5, 2, 3]}, index=['a', 'b', 'c'])
TABLE = (
    "c-oCrOK;Oa5O(6EG$e$FP{@JTF<g8>AcT-;n+gOLKEM%0tF^PqTJ=loHK`93aA;_yy><Any}|6-X-"
    "VjzD|w$Yv)_E*tbeqA&s&yhYAd73l;)s1`&80*g2oKa;Mq?&f{|*GcrHLau56qj70d|}$wWe<+=*#I=S-"
    "k)Z!b!NgHP2O-PNG>AW`V&moA`glOoB&;2>he*FM_#R&7j$pe5Se*%cyPe32qd=DT|D5>SU^lo&fu-"
    "K?bA(7`)E^@(7)M1b}28I1Tn)t6<)$Sf6vMj>X2xAh__=8WVfJRHMkaBa8YS`*{Y$x7lEvssnKwqJyi3=>U{Ur"
    "M$LJ#Ms(r~ddu{$%{rs++wr)-"
    "+q|<}D0$c(KJM;7K!6TV$#c1GiMSB4FRF5zCD_U3mZfyo$L*kHY7VR6CEtKpVLhX43ejb870Ichw*%;;eLt(Jn"
    "49o0`5J5*DNh@=yd)U(hy|coB+G=jmF<n5z#u)<}nT?IrL%)t;_UHD|Bj^rSksRpSkKp7-"
    "$&Hq*J51pjnAtni+{t;yJ_hV31|WBwY$HvdJv1k^$e*Nbk-4q5K_G-sf0l7ubD2fc?FkgN7;Zi;q_g$%r3l?=b"
    "j?~nN4D%qPzmzLc#nhdQC$vRg`*9j$yGoktZUqAkwzu+%71X8U;KPs=#Oa7HlG%9ipeD)f?ixO+pV{@a_)^Xa@"
    "53Y-lf2+VT-"
    "QlB0ak1bvjWhE<z-JdTNe!<PEEFmwzWO6wuCs{F&GZ3{qI8jyX^~+uQprd}eTGl|BrkmDFZwN&eg"
)

# Series(['a', None], dtype='string')
NULLABLE = (
    "c-mc3O>fgc5VftuG$}1mkf?;zb1Ec@O8kLPF32K><{YiY$;4~1v8~-TX%3a(z{g>49sU@<h}m@lDl1u@osTzf-"
    "^`c6uir@&j!RppS76AcbJP_Yx~I#pbVn065SvnyyXX_LWuq~xYKyuCWwH&_P@?9-"
    "vw2mQ3g4+_`RQZt?Lj6Ba_0}LS9psiE5IPRv8Zt?K6oGJ%gBvypf2&?2o!4AAkEy+SkRX8$PJ8bTFMh|ARBS_o"
    "o)!Y)5*RQXbn52^>nIrvz=Sb?55uL?`0#=f(Uu!j@uph#7tEMxl^H$J80a8?`a}0+^OBQDAtV@pepbZxyK50iN"
    "XYU`o<jcB#-lG5ei1_P88jG9h7iKMOP_X)l6zs>?|Ijuj4pW`cF>e>+ADqf8ziC57T1!d&dRMY_MD^R-"
    "UF8^0<HX`*3FhkM?i$v1B%7mlv%oST=bgpRgqI*-W10k$j#f^2I^aI|hA|UA@h&`e6Xij^x;-"
    "g&(z{MR2E|L3KXx${q2-2#)dPl4qu>rEi}{UYZ}iBXq`6!JEa*7~J$5$Me{rg%wy}Og9u^>fnZ8Eiag-"
    "A=V1YV7>&UnynG5u4R0%C=?W^4E;26G3$!#53M#9@c"
)

# Series(['a', 'b', 'a']).astype('category')
CATEGORIES = (
    "c-mD{OK;RL5Y9f^ZXc8uK@X^0mrF#Y9zdMvRzfr)hgRaYvL=al6V;nUwnMuT<#A|fCEq&yP;MNMVC-"
    "ZmwUlHsGydkA*Vpck-yP2#(=Q=UK%wcMaG7z1xA^=UUf|Gl*=#D&?A8u`TuAO`x#ltlq5K)-"
    "Fy)diZk=TLRPX~)#Ha6TZ4ELUquIHCJK^VC`4K3NX25cO#@<;S`KO*4978_k3x%VQ!;E8SdP;-"
    "T7<i_ubWvi^u>vQdRbAmR0!7+xA~BIg$_FW7PUN04R?g2^m6ut3DmV)d-"
    "&o55#HT!|!>*1%^JyWo7zAmKp7nor!|#Mjw$1-"
    "+hk9P}yYdX;#zZws*U7hck9h(b(5yG47IZc#dU1B5C6&w(xx-swB{1iQX0@Dyb@VA0G#gBEN?Y>Ae2c@>Hyf4?"
    "n-r3P$iVi^tO<})&Xj}4OG+VV2VUTfaTwB#m2%FaYBF*CG0Rbv37zG{Y9*R$zQ7*sc+F`w-"
    "*)qLi1tZermshBi2f<~7(?wO(`SjRlPzqW=b~<AsmTi8e)&}++TK-"
    "B`Y?1|G)sj{xTL<^RFQd{SF>{NGdDT2il{clS)+2qMNU~(v9`E9=SkP8)J+nBcZs7`gtm>tpcQm3G5uhA$%0Bd"
    "+ryjd+S)O#PZ);b(H}bQ6?ht>n^A`<fFxaEL<2@Wen5R9vguafrQ1O#eY6<A3(EV2zqjx2)y;=<I}`)ckL*$?9"
    "6NRYBZ$fxcFi)a79$(|yrStAS<D^lpcAw#s|qSbk!c5sF@dXkH)%*_T!Wh}8u=b``vIm0TGJ|88f+q9>cl4?L~"
    "*8AQk8^H!^#9iTqwL&>F2PD{J$f=kZb"
)

# DataFrame({'t': [f'r{i}' for i in range(1000)]})[5:900]
PART = (
    "c-n2+4`|$JUdQq7ZM&Q9=I-"
    "Jd*9g%I5+PzJ^Lze}M9l4mGe@&)SR(|@noKv@PQBSSJej&FL^ev!i#SMSM+{OSV37&|i&O|$q(Z<V6#^Ei5U@y"
    "vfJG_<3{t_*lfHXr<rbD#+x@0ZzVFHJ_x!rEe)<o0M^Byn(|KdLae1+^((Rm`XtW#O%#BZ%x?gmE`nS5j*&XSe"
    "p8xb>?sk6S#mu>nujHk3moB%L^5sTr<=m%@%Z-amSs&Z`ZtKd&-+uqa&-LM*cle0;)};$8-"
    "~W(q=d1HqFE3yE_}i_e`3vP^%J7#NZsgp!rkTEP<b36`Uux$|moI*!{Mz?Fp|kVLjro(gZs+agYmG8^PJc$X^O"
    "gC$w9?im$bbH#JJS4G=PT`N%S-"
    "d0T*>o|)+K$F`qO$_jeK!we&yu1?|!HIVfX#dUq659{Hc$+BOmBP&Mse@zi{=FPhNZ>Jr}NCYPBz2E(^MFt-"
    "bW}H-Gok;HmHZ^CdiuZ(t9;g<r-#{9$|te+*y#)?de;#Gk?u{24rl6*`Rgv-op3j_=_&@mn~Bzla~=FXJr!D*h"
    "Taa1k%!uj8k<j4SvXcn#O^bNp@m4sPP_;qT)gU>E-"
    "g{}}%SxA9N$&+yN22mb>968{Q!@vrf3@NaPs{|^5i{{i>$AMu~?pYZ_y1^*TQ4G;0(@jviC@d*D5{~Q13<qP(;"
    "7rc&d;92a&uj1G6M{ocKaR`TT1V^!k4ik>yI8NXsPT@4p;4IGJ0xn_`TeysET*Wn9#|_-"
    "X4qnGDZs85w#+!Hxcknje!CkzI_izvI;{)8shxiB&@G(BYLwt(Q@Cc9b`D?FUz)oWi_F^CQ;{Xog5Dw!Aj$#cR"
    "CLF_YoWMz(!fBkrS)9WKT*M}}a2eaUifg!z8@P!bypCPm!W+1aH}Mwk;BCBvyLcDx;U3<{2e^+9@ev;2V|;>#_"
    "!OVv5gz07mp880>5o0wi+$LS12~97IE*7WiZyhYa16(B0w-"
    "|_r*Q^naSj)75u4b;Wo+XruHiav;3jtPI(BgjZ{RlG#9O$7xA6|{;$6Ildw3ro;66UYM|gmb@d+N{Q+$R;c#O|"
    "qfA!#U8hfx8`>-Dea1e)Z7)NjvYv?fH7>?rvPT~|!;|$K?94_D@HnD}v*v3^{!*$%iP3+)x?BW*Qz-"
    "_#Vw{Qn<;~m_^yLb=x@IF4keSC<I@Bkm<6FkJH_zaKm7@xm9u%4km_FymeVLuMwAP(U$j^HTP&|$(c9LEWq#3`"
    "J{8JxvAT);(aVhfkCjjOnZ>$riN*um@A#Vx#n+jtXi;SS!$JGhH?@gDBseSCoX_z)lA0Y1hjc!*E&86M#=K0ov"
    "71Iuab!CvgcejLC-9KvB7!BMQC!-QivjuSYEQ#g$?IE!<*fQ#6~7A|8OS8)y3aRWEsc=>Qlf9&EG-oS0ViMMbE"
    "Z{r=@#k+V9_wYVGz<qp(kMIB=;}bl@r}zwy@ED)Jd{BLp{@8=P*oXZ%fP*-"
    "M!#IMYSVM;i$8a1ca1y6*8fS18=WqcRv575Q#x}0v8m{98Zej<oV;8sZ25#d`yoEb>8}HyQ-"
    "o<;khxhRT?&Cvzga`N-"
    "pWq=r#b<bg$N2osSO22oH1=RG_F+E`;2;j+Fpl6T*3e<XF&xJUoWv=d#u=Q&Ib6U+Y+?(Sv5l*^hU>V2o7lnY*"
    "u^cpf!lZ!Z{ZH!#yhx+ckv$X;eC97`}hza;Q>CzCwPcY@fjZBF+P9!7gT5Ik3HCneb|o!IEX_yj3YRTHFTJ849"
    "9T-Cvgg=aRz5`4i|6{o7lo-"
    "Y~w1f;W}>MCU)>Tc5w@D;5OdGTeyR_@ec0dUA%{Tcpo3&K0d@pcz}=b2_E88e1=DOjL*-"
    "$`WKX^u?Ksx5BqTd2XP38aRf)Ph7J>s;W$p<Bu?Qp&fqN0;Q}sV6I-~9ZCu4QT*nRE#13A^E^grs+{T-"
    "D3wQ7~-"
    "oahGi}!F3@8bj9$A|a`5AZQQ!9#qC&+rJ3@%hWYn0}l7*n_>;hy6H!gE)l4ID(^CLx%~+a2zLa5~pw)XK)thZ~"
    "+&wi7i~lHm>3tuHy!7Vh68d7q{>RZsSe7g*$i~@8B-p#e2Ai_wfPl<3oIe2lyDD;2}Q6XLy9i_#995(jR-"
    "U7yGau2XGLFa2Q8$6l>@(;TVqN1Ww`<PU8&D;v6pEA~vyw%h<+MT*GzTz)kGnb?o96-"
    "oS0ViMMbEZ{r=@#k+V9_wYVGz<qp(kMIB=;}bl@r}zwy@ED)>zWP6=PGb-DVjuS701o014&w-"
    "pVhtT89K&&(z)76KX`I1XoWliN#3r_I8QZvuYq*XZxQQLSj$Pb(`SbFB56i#J!RFWBEx($54mswO>$$4ss>+qg"
    "mCcpQmCsekRm@e&RXv+pHdQtz8=H;G#%B|<iP@xV>e<$^t+F-"
    "Q+H766KHHFO%r<3P&#snTm7U4XX6Lf=*@f(4b}74h_O<M*>`nGIdzZb>K4c%WPubUVsO3=QU~;fIxE%EPh8$uJ"
    "DTjKFwH&J)O^!B4m!r>7Urx+1<yg<DmQ$6J$;syAa`HKaob=VEoa(t=%k?VPO|IKqce(C!J>+`KbuFW8L+hw%A"
    "2ltcrj69JlA3l>(^6{MN=<92Y3^ignk$Pdn=7j;yDQ5p+biqS{wgi7GG)J-"
    "(+(>wvC<YRt+CP`D=o6pCM&J7(k?4oLTFCwthCQc3$3)#N-"
    "M3j(@IONwAD&$tz0RlIc>JmYAfxw(sC<px6*nm?YGi`D{Z*)C9USP<VstvwB|~CuC(Y%o36C#O1rMK>?)Mkfab"
    "LCN(-;F@k%SNwDU?!ue9|_Yp=BTDwY?E=Ct}syRWqTO53lr{!06=6rfUpN(rh|UR9b?g-"
    "RJJb*L1gQi)0_Dz&H-qf(8kUS59X^`{r0dKmRE>S5HwsE1JxqaH>*jCz==yihf#9!5QkdKmRE>S5HwsD~-"
    "9=kkI+c|~ikyr#>Gy1c5(%euU-"
    "%L`jQjCvULFt)t(HK!g%J&bx7^)TvT)WfKUQ4gaY#+C08&8de`52GGNJ&bx7^)TvT)WfKU@#ULIbLwH#!>ET*5"
    "2GGNJ&bx7^)TvTLiw)KoO&4bFzR8{!>ET*52GGNJ&byoSiU_qryfQ<jCvULFzR8{!>ET*52GF?mG5KCsfSSyqa"
    "H>*jCvULFzR8{!>EU;mv8v;9j|YB^|0z;)x)ZXRS&BkRz0kGSoN?~xin}_J*;|I^|0z;)x)ZXRS&BkRz0jK*AU"
    "IAhgA=&9#%c9dRX<a<w{d7HRW1!a<S1|x!jcNO}XHdD^9uOsE1V#s~%Q8tSeU~&8de~533$lJ*;|I^|0z;)x)Z"
    "X_2u%VIrXsWVb#N`hgA=&9#%c9dRX<ap<L%Qryf>4ta@1Wu<Bve!>Wf>533$FmJ6ch)WfQWRS&BkRz0kGSoN^#"
    "Vb#N?a^=*VdRX<a>S5Kxs)tn%s~%Q8ta{jbxx|)htS++Z;nc&ahf@!y9!@=+dN}oP>fx$#G1i=VIQ4Mq;nc&ah"
    "f@!y9!@=+dN@<A+L}`jryfo{oO(F*aO&aI!>NZ;4`<8eU32Q;)WfNVQxB&euG|C4O`zNb%5C7}KA^dBCn&dqax"
    "W-"
    "11NCs~;nc&ahf@#d%MC+w>fzMGsfSY!ryfo{oO(F*aO&YgxwB|aJ)C+t^>FIp)WfNVQxB&ePCZ;Kw;;`_hf@!y"
    "9!@=+dN}oP>fzMGsfSDDUZpwpaO&aI!>NZ;52qeZJ)C+t^>FoaQ!95h-PY8@tA|$)uO41Kyn1-"
    "`@ao~!!&l|@r#bcT>fzPHtA|$)uO41Kyn1-`@TS}+HK!h4J-m8&_3-N9)x)cYR}Zfq-"
    "j*Ax=G4QhhgT1;9$r1XdU*Bl>fzPHyK?8%oO*cm@ao~!!<V~rxjmQrbGbp6JM_sdT65(lUGCE5Hmx3BJ-"
    "m8&_3-N9)x(E!FV~!Uc=hn=;nl;dhgT1;9$r1XdiYpw`kGS@uO41Kyn1-`@ao~!!>fl^51-"
    "2EKy&Kh)x)cYR}ZfqUOl{ec=hn=;p^oXQO*%MNT^3pkDwkwJ%V}!^$6+_)FY@zsLFvubLtV)BdAAEkDwkwJ%V}"
    "!^$6+_OgWioPCbHp1oa5&5!557M^KNT9zi{VEk_v5sYg(cpdLXzf_en?2<j2kBdAAk<*cJQ^$6+_)FY@zP>-"
    "M<K|O+c1oa5M9Evoj9zi{VdW3RrDhH=>aw<osa&{_*r<2o@=F0i09H7)As7FwbpdLXzf_en?2(cWqG^ZXxJ%V}"
    "!^$6+_)FY@zP>-"
    "M<A(iu(=F}soM^KNT9zi{VdIa?d>Jii<)XTxGoZNJDQ;(<~Q9Yu1MD>X35!EBAM^ukkl_Q?!)FY}#RF9}0Q9Yu"
    "1MD>X35!EA_au(E_dPMbz>Jil=sz+3hs2)*0qIyJI4vm^qkEk9|J)(L<^@!>b)g!7$RFCM&=~8p*5!EBAM^ulf"
    "9#K7_dPMbz>Jfc8hH6edqIyL2i0Tp5BdSMKkEk9|Jz^;5Rn4hKRF7CrwB<-"
    "!&a~xFTTZp*SX<7uCkI>2m7}eCMD>X35!EBAM^ulf9#K7FDkosgsYg_gs2)*0qIyL2i0Tp5BdSNNm!onyE9<bV"
    "9!WitdL;Eo>XFnVsYg<eq#mg%hic8KM^cZZ9!WitdL;Eo>XFnVsYf#9^sPDdNa~T)BdJGHkE9++J(7AP^+>iH("
    ">13aNj;K!B=tz@k<=rpM^cZZ9?6ySyyny+sYg<eq#j8<l6oZdNa~T)Bl&Xh*PMDJ^+@WG)FY`!Qjeq_Nj;K!q)"
    "?s^G^ZX(J(7AP^+@WG)FY`!Qjeq_DV9eG&8bH!&l=@nqdaYt$Bpv5Q64zT6GwUEIC<vKoO&enNa~T)BdJGHkE9"
    "++J(7B)dU-ghfA2|c>7(uk?UNsM-"
    "k4u3?+)!YPj%jY@n+MBlb?Ul?YzlbOS`}D`SFWKz27Mxadtj0H5RX2Ze8pC?$ry;AMc!5X<hobe8l-"
    "v=U+Sj+IKZ{{!8CI`J+DSj&ufIec$Zj((2O6xeJYzrEce~`O8b6&3~)>nm$~g!kL#pK6&5mVx!&YHox-XU9Zg_"
    "YW9yb-}wRWT-6`?@{Ox{0)4OV|GmHO)d$q~UTgn=H8jsPYt8DFuk-"
    "4K&gskLeZU`FEkAAkygt3RK5SgRxb%NM$L6nmpfA7O$nEa=Go8~b?JLXO_cvZIKU!MWCwB6oODAhPJ+HlLd*zG"
    "z<m3&;+T^E8?Z(Mh`BArXrqOQa75%Pi@=2?4@#Kd;+Gw?|e6}*bcy(DzZnT%?Ta61#t(ETP%GC?!{ulbNoxc"
)

# DataFrame with columns of int64[pyarrow] and string[pyarrow]
ARROW = (
    "c-"
    "n1KJ#X7E5S0wujbqnMKagbT$LcOZfw&#IrAb>9Mm?mnL7Z$_6hc!1Nx|_Dv>lRm;1>43cI=Uo659;{5l8Wkckk"
    "W1AI(1p&A>0y&OyvTS<^WM4WA?|sJ*eTf7(ksFio;Zq%|)~pJ<v%8l^&0DS)eJ0Rj>#F}C-"
    "CXVdeq<r%}xeicD@8mqeyYaWq8<mvRBQxdxv=lrm81}R~MK2MLO%$6T7G!-h%#IgH*S5t@NK)kCp-FyYkH^Ma5"
    "^ogWOV~y4IjUBKjrmt5yCG$)Y;3)#dge@%S-"
    "OygyGdpUG!cj2so}GL};$l88A?(CO%5^FnHStQ*`puIt^pWmk&)KV!y)f8Zx7T!H$J$$_O=hkR%L23O;hp;9Ev"
    "g;jDo6UPc~F6J#FSPYyT4v}5f?FgVOol(Q}@s)KqTQWkIC(<%lhTx>@j;bz~HvhG8M@dZU<o-"
    "QqRE%t8eovgnQtzh`p(D9kC&MyOqqB`W_QD)(gD0nBE+2YHLO>sET4xNW?A?bV<Ire~1s6Yt^>b<_z`vzj*dMy"
    "Wf2BP36=y^f<_bl1(xKPsZ3oJggg8H@30eSnt*l`hF?`(=GGYJ!Zqt-~X0RTzfi9Q@A-"
    "B7w*WY6U7;bgs$OZS7Yq02C1>Lritpvu})`DG(sOq-"
    "G)PoX;7q&kGY>;oRJ09;0c<b+(B!c(o3hpIfulX2f%r@RAg4<C?L?3aEK|6=x<fT(LdZDiGK"
)


@pytest.fixture(autouse=True)
def without_pyarrow(monkeypatch):
    monkeypatch.setattr(arrow_text, "_has_pyarrow", lambda: False)
    undo = arrow_text.install()
    yield
    undo()


def bytes_of(text: str) -> bytes:
    return zlib.decompress(base64.b85decode(text))


READERS = [
    lambda data: pickles.load(data).value,
    lambda data: pickle._Unpickler(io.BytesIO(data)).load(),
]


@pytest.mark.parametrize("read", READERS)
def test_text_of_pyarrow_is_pandas_own(read) -> None:
    table = read(bytes_of(TABLE))
    assert table["item"].dtype == pd.StringDtype("python", float("nan"))
    assert table["item"].fillna("none").tolist() == ["tea", "none", "x"]
    assert table["item"].dtype.storage == table.columns.dtype.storage == "python"
    assert table.loc["c", "price"] == 3
    assert type(table["item"].array) is pd.arrays.StringArray
    assert pickle.loads(pickle.dumps(table)).equals(table)


@pytest.mark.parametrize("read", READERS)
def test_what_is_missing_stays_what_it_was(read) -> None:
    values = read(bytes_of(NULLABLE))
    assert values.dtype == pd.StringDtype("python")
    assert values[1] is pd.NA
    assert read(bytes_of(CATEGORIES)).tolist() == ["a", "b", "a"]


@pytest.mark.parametrize("read", READERS)
def test_a_part_of_a_longer_table_is_that_part(read) -> None:
    part = read(bytes_of(PART))
    assert part["t"].tolist() == [f"r{number}" for number in range(5, 900)]


def test_other_columns_of_pyarrow_say_what_is_missing() -> None:
    with pytest.raises(pickles.LoadError, match="int64 of pyarrow, which is not installed"):
        pickles.load(bytes_of(ARROW))


def test_pandas_and_joblib_read_them_from_files(tmp_path) -> None:
    file = tmp_path / "table.pkl"
    file.write_bytes(bytes_of(TABLE))
    assert joblib.load(file)["item"].dtype.storage == "python"
    assert len(pd.read_pickle(file)) == 3
