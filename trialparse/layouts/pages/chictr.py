"""chictr.org.cn: each label and value in Chinese and then in English, of which the English ones are read."""

from __future__ import annotations

import regex

from trialparse.layouts.base import Layout
from trialparse.layouts.page import Value
from trialparse.layouts.readers import is_filler
from trialparse.layouts.values import LINE_READERS, Found

_DATE = regex.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_HAN = regex.compile(r"\p{Han}++")


def _time(value: Value) -> Found | None:
    """`从 From 2024-06-01 00:00:00至 To 2029-10-01 00:00:00`."""
    dates = [day for line in value.lines for day in _DATE.findall(value.text(line))]
    fields = ("start_date", "completion_date")
    return {field: {"date": day, "type": None} for field, day in zip(fields, dates, strict=False)}


def _status(value: Value) -> Found | None:
    """The last line that is a status: the one above it may say the same in Chinese."""
    readings = (LINE_READERS["overall_status"](value.text(line), "") for line in reversed(value.lines))
    return next(filter(None, readings), None)


def _age(value: Value) -> Found | None:
    """`18 | 岁 years`; a cell without a number is no limit."""
    printed = " ".join(_HAN.sub(" ", value.text(line)).replace("|", " ") for line in value.lines)
    field = "minimum_age" if "min" in value.label.lower() else "maximum_age"
    return LINE_READERS[field](" ".join(printed.split()), "") if any(map(str.isdigit, printed)) else {}


def _sponsor(value: Value) -> Found | None:
    """The name, on its first line."""
    value.left = list(value.lines[1:])
    name = value.show(value.lines[0])
    return {} if is_filler(name) else {"lead_sponsor": {"name": name}}


LAYOUT = Layout(
    description="chictr.org.cn: 'Registration number', 'Study execute time', 'Participant age', in Chinese and English",
    signs={"Study execute time": 0.6, "Date of Last Refreshed on": 0.3, "Target disease code": 0.5,
           "Recruiting time": 0.3, "Participant age": 0.3, "Applicant": 0.1, "ethic committee": 0.2,
           "注册号状态": 0.4, "征募研究对象情况": 0.4, "研究实施时间": 0.4},
    labels={
        "注册号": None,
        "Registration number": "trial_id",
        "最近更新日期": None,
        "Date of Last Refreshed on": "last_update_date",
        "注册时间": None,
        "Date of Registration": None,
        "注册号状态": None,
        "Registration Status": None,
        "注册题目": None,
        "Public title": "brief_title",
        "注册题目简写": None,
        "English Acronym": "acronym",
        "研究课题的正式科学名称": None,
        "Scientific title": "official_title",
        "研究课题代号(代码)": None,
        "Study subject ID": "secondary_ids",
        "在二级注册机构或其它机构的注册号": None,
        "The registration number of the Partner Registry or other register": "secondary_ids",
        "Secondary ID": "secondary_ids",
        "申请注册联系人*": None,
        "研究负责人*": None,
        "Applicant*": None,
        "Study leader*": None,
        "申请单位*": None,
        "申请人*": None,
        "Affiliation of the Leader": None,
        "是否获伦理委员会批准": None,
        "Approved by ethic committee": None,
        "伦理委员会*": None,
        "Approved *": None,
        "批准本研究的伦理委员会名称": None,
        "Name of the ethic committee": None,
        "Date of approved by ethic committee": None,
        "Contact *": None,
        "研究实施负责(组长)单位": None,
        "Primary sponsor": "sponsor",
        "研究实施负责(组长)单位地址": None,
        "Primary sponsor's address": None,
        "试验主办单位*": None,
        "Secondary sponsor": None,
        "经费或物资来源": None,
        "Source(s) of funding": None,
        "研究疾病": None,
        "Target disease": "conditions",
        "研究疾病代码": None,
        "Target disease code": None,
        "研究类型": None,
        "Study type": "study_type",
        "研究所处阶段": None,
        "Study phase": "phases",
        "研究设计": None,
        "Study design": "design",
        "研究目的": None,
        "Objectives of Study": "brief_summary",
        "药物成份或治疗方案详述": None,
        "Description for medicine or protocol of treatment in detail": None,
        "纳入标准": "inclusion",
        "Inclusion criteria": "inclusion",
        "排除标准": "exclusion",
        "Exclusion criteria": "exclusion",
        "研究实施时间": None,
        "Study execute time": "time",
        "征募观察对象时间": None,
        "Recruiting time": None,
        "干预措施": None,
        "Interventions": None,
        "组别": None,
        "样本量": None,
        "Group": None,
        "Sample size": None,
        "Total sample size": "enrollment",
        "干预措施代码": None,
        "Intervention": None,
        "Intervention code": None,
        "研究实施地点": None,
        "Countries of recruitment and research settings": None,
        "国家": None,
        "Country": None,
        "测量指标": None,
        "Outcomes": None,
        "采集人体标本": None,
        "Collecting sample(s)": None,
        "征募研究对象情况": None,
        "Recruiting status": "status",
        "年龄范围": None,
        "Participant age": None,
        "最小 Min age": "age",
        "Min age": "age",
        "最大 Max age": "age",
        "Max age": "age",
        "性别": None,
        "Gender": "sex",
        "随机方法*": None,
        "Randomization Procedure*": None,
        "是否公开试验完成后的统计结果": None,
        "Calculated Results after*": None,
        "盲法": None,
        "Blinding": "masking",
        "是否共享原始数据": None,
        "IPD sharing": None,
        "The way of sharing IPD*": None,
        "数据采集和管理*": None,
        "Data collection and Management*": None,
        "数据与安全监察委员会": None,
        "Data and Safety Monitoring Committee": None,
        "Data Managemen Committee": None,
        "注册人": None,
        "Name of Registration": None,
        "返回列表": None,
    },
    readers={"time": _time, "status": _status, "age": _age, "sponsor": _sponsor},
)  # fmt: skip
